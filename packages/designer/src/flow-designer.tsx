import { MantineProvider } from "@mantine/core";
import {
  memo,
  type ReactElement,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import {
  type Client,
  type Component,
  type DataflowRunner,
  type Issue,
  type StepRegistry,
  validateComponent,
} from "@onceflow/step-runtime";
import type { CanvasControls } from "./canvas/canvas-controls.tsx";
import { useShortcuts } from "./keyboard/use-shortcuts.ts";
import { createI18n, type DesignerLocale } from "./locales/create-i18n.ts";
import { type Announcer, LiveRegion } from "./shell/live-region.tsx";
import { Frame } from "./shell/frame.tsx";
import { useColorScheme } from "./shell/use-color-scheme.ts";
import { useHostComponent } from "./shell/use-host-component.ts";
import { useLatest } from "./shell/use-latest.ts";
import { useLayoutMode } from "./shell/use-layout-mode.ts";
import { useLiveValidation } from "./shell/use-live-validation.ts";
import { createDesignerActions } from "./store/create-designer-actions.ts";
import { type Designer, DesignerContext, type DesignerSession } from "./store/designer-context.tsx";
import type { DesignerEnvironment } from "./store/designer-core.ts";
import { createDocumentStore } from "./store/document-store.ts";
import { createViewStore } from "./store/view-store.ts";
import { createDesignerTheme } from "./theme/create-designer-theme.ts";

/** What a host hands to the designer. */
export interface FlowDesignerProps {
  /** The component to edit. Handing in another one than `onChange` gave opens that one, with a new history. */
  readonly component: Component;
  /** Called after each edit, undo and redo. */
  readonly onChange?: (component: Component) => void;
  /** The step types to choose from: `createStepRegistry([...builtInSteps, mine])`. */
  readonly steps: StepRegistry;
  /** @default "en" */
  readonly locale?: DesignerLocale;
  /** Shows a language switch. */
  readonly onLocaleChange?: (locale: DesignerLocale) => void;
  /** `auto` follows the system. @default "auto" */
  readonly colorScheme?: "light" | "dark" | "auto";
  /** Shows a switch between light and dark. */
  readonly onColorSchemeChange?: (scheme: "light" | "dark") => void;
  /** @default false */
  readonly readOnly?: boolean;
  /** Runs dataflows for preview and *Run*, such as `createBrowserRun(…)`. */
  readonly run?: DataflowRunner;
  /** Shows save state and ⌘S. A rejected promise shows as “Could not save”. */
  readonly onSave?: (component: Component) => Promise<void>;
  /** The clients to choose from in settings. */
  readonly clients?: readonly Client[];
  /** Who is signed in on the preview's page. */
  readonly session?: DesignerSession;
  readonly ref?: Ref<FlowDesignerHandle>;
}

/** What a host may ask of a designer. */
export interface FlowDesignerHandle {
  validate(): readonly Issue[];
  fitView(): void;
  /** The component as it is now. */
  toJSON(): Component;
  undo(): void;
  redo(): void;
  /** Adds a step after the selected one, or at the end; returns its id, or null for an unknown type. */
  addStep(type: string): string | null;
}

// A host that takes every change renders the designer anew with each; the frame only follows its stores.
const MemoFrame = memo(Frame);
const noClients: readonly Client[] = [];

/** The drag-and-drop editor for dataflows, with parameters and a live preview. Its size is that of its place. */
export function FlowDesigner(props: FlowDesignerProps): ReactElement {
  const {
    component,
    onChange,
    steps,
    locale = "en",
    onLocaleChange = null,
    colorScheme: wish = "auto",
    onColorSchemeChange = null,
    readOnly = false,
    run = null,
    onSave: hostSave,
    clients = noClients,
    session = null,
    ref,
  } = props;
  const root = useRef<HTMLDivElement>(null);
  const controls = useRef<CanvasControls>(null);
  const rootElement = useCallback(() => root.current ?? undefined, []);
  const announcer = useRef<Announcer>(null);
  const [portal, setPortal] = useState<HTMLDivElement | null>(null);
  const colorScheme = useColorScheme(wish);

  const { t } = useMemo(() => createI18n(locale), [locale]);
  const announce = useCallback((text: string) => announcer.current?.say(text), []);
  const save = useLatest(hostSave);
  const canSave = hostSave !== undefined;
  const onSave = useMemo(() => (canSave ? async (saved: Component) => save.current?.(saved) : null), [canSave, save]);

  // The environment is read when an action happens, so actions stay the same for the designer's whole life.
  const environment = useLatest<DesignerEnvironment>({ steps, locale, t, readOnly, run, onSave, announce });
  const [stores] = useState(() => {
    const document = createDocumentStore(component);
    const view = createViewStore(document.getState().document.dataflowKeys[0] ?? "");
    return {
      document,
      view,
      actions: createDesignerActions({ document, view, environment: () => environment.current }),
    };
  });
  const { document, view, actions } = stores;

  const designer = useMemo(
    (): Designer => ({
      ...stores,
      steps,
      locale,
      t,
      readOnly,
      run,
      onSave,
      announce,
      colorScheme,
      clients,
      session,
      root: () => rootElement() ?? null,
    }),
    [stores, steps, locale, t, readOnly, run, onSave, announce, colorScheme, clients, session, rootElement],
  );

  useHostComponent(stores, component, onChange);
  useLiveValidation(document, view, steps);
  useShortcuts(root, designer, controls);
  const mode = useLayoutMode(root, view);
  const theme = useMemo(() => createDesignerTheme(portal), [portal]);

  useImperativeHandle(
    ref,
    () => ({
      validate: () => validateComponent(document.toComponent(), steps),
      fitView: () => controls.current?.fitView(),
      toJSON: () => document.toComponent(),
      undo: actions.undo,
      redo: actions.redo,
      addStep(type) {
        const { activeDataflow, selection } = view.getState();
        const selected = selection.stepKeys.at(-1);
        const stageKey = document.getState().document.dataflows[activeDataflow]?.stageKeys.at(-1) ?? "stage";
        return actions.addStep(
          type,
          selected === undefined ? { at: "stage", stageKey } : { at: "after", stepKey: selected, outcome: null },
        );
      },
    }),
    [document, view, actions, steps],
  );

  useLayoutEffect(() => () => actions.cancelRun(), [actions]);

  return (
    <div ref={root} className="onceflow-designer" lang={locale} data-mantine-color-scheme={colorScheme}>
      <MantineProvider
        theme={theme}
        forceColorScheme={colorScheme}
        cssVariablesSelector=".onceflow-designer"
        deduplicateCssVariables={false}
        withGlobalClasses={false}
        getRootElement={rootElement}
      >
        <DesignerContext value={designer}>
          {mode ? (
            <MemoFrame
              mode={mode}
              controls={controls}
              onLocaleChange={onLocaleChange}
              onColorSchemeChange={onColorSchemeChange}
            />
          ) : null}
        </DesignerContext>
      </MantineProvider>
      <div ref={setPortal} className="of-portal" />
      <LiveRegion ref={announcer} />
    </div>
  );
}
