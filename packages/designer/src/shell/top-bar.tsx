import { Menu } from "@mantine/core";
import type { ReactElement } from "react";
import { localize } from "@onceflow/step-runtime";
import { ExportMenu } from "../import/export-menu.tsx";
import { useDesigner, useDocument, useSelectedStep, useView } from "../store/designer-context.tsx";
import { stageOf } from "../store/dataflow-links.ts";
import type { Panel } from "../store/view-store.ts";
import { Icon } from "../theme/icon.tsx";
import { IconButton } from "../theme/icon-button.tsx";
import { modifierKey } from "../keyboard/modifier-key.ts";
import { RunButton } from "./run-button.tsx";
import { SaveState } from "./save-state.tsx";
import type { LayoutMode } from "./use-layout-mode.ts";

/** What the bar offers beside the document: only what the host handles. */
export interface TopBarProps {
  readonly mode: LayoutMode;
  readonly onLocaleChange: ((locale: "en" | "fr") => void) | null;
  readonly onColorSchemeChange: ((scheme: "light" | "dark") => void) | null;
}

/** The bar on top: where one is, undo, problems, save state, and what one does with the whole. */
export function TopBar({ mode, onLocaleChange, onColorSchemeChange }: TopBarProps): ReactElement {
  const { view, locale, colorScheme, readOnly, t } = useDesigner();
  const open = useView((state) => state.open);
  const problems = useView(({ issues }) => issues.filter(({ severity }) => severity !== "hint").length);
  const failed = useView(({ issues }) => issues.some(({ severity }) => severity === "error"));
  const toggle = (panel: Panel) => view.setState((state) => ({ open: { ...state.open, [panel]: !state.open[panel] } }));
  return (
    <header className="of-bar">
      <svg className="of-brand" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M13.8 3.1A8 8 0 1 0 17.6 7.5" />
        <path d="M8.3 7.6 10.4 6v8" />
      </svg>
      <Breadcrumb />
      {readOnly ? <span className="of-note of-read-only">{t("bar.readOnly")}</span> : <HistoryButtons />}
      <span className="of-separator" />
      <button
        type="button"
        className="of-button of-problems"
        aria-label={t("bar.problems", { count: problems })}
        data-severity={failed ? "error" : problems > 0 ? "warning" : undefined}
        onClick={() => view.setState((state) => ({ leftTab: "problems", open: { ...state.open, left: true } }))}
      >
        <Icon name={failed ? "error" : problems > 0 ? "warning" : "ok"} />
        <span>{t("bar.problems", { count: problems })}</span>
      </button>
      <SaveState />
      <span className="of-grow" />
      {onLocaleChange ? (
        <button
          type="button"
          className="of-button of-language-switch"
          aria-label={`${locale.toUpperCase()}, ${t("bar.language")}: ${locale === "fr" ? "Français" : "English"}`}
          onClick={() => onLocaleChange(locale === "fr" ? "en" : "fr")}
        >
          {locale.toUpperCase()}
        </button>
      ) : null}
      {onColorSchemeChange && mode.size !== "narrow" ? (
        <IconButton
          icon={colorScheme === "dark" ? "sun" : "moon"}
          name={t(colorScheme === "dark" ? "bar.toLight" : "bar.toDark")}
          onClick={() => onColorSchemeChange(colorScheme === "dark" ? "light" : "dark")}
        />
      ) : null}
      {readOnly ? null : (
        <button
          type="button"
          className="of-button of-shrinks"
          title={t("bar.import")}
          onClick={() => view.setState({ importOpen: true })}
        >
          <Icon name="import" />
          <span>{t("bar.import")}</span>
        </button>
      )}
      <ExportMenu className="of-button of-shrinks">
        <Icon name="export" />
        <span>{t("bar.export")}</span>
      </ExportMenu>
      <span className="of-separator" />
      {mode.size !== "narrow" && !mode.roomy ? (
        <button type="button" className="of-button of-line" aria-pressed={open.left} onClick={() => toggle("left")}>
          {t("bar.steps")}
        </button>
      ) : null}
      {mode.size === "medium" ? (
        <button type="button" className="of-button of-line" aria-pressed={open.right} onClick={() => toggle("right")}>
          {t("bar.parameters")}
        </button>
      ) : null}
      {mode.size === "narrow" ? null : (
        <button
          type="button"
          className="of-button of-line"
          aria-pressed={open.preview}
          onClick={() => toggle("preview")}
        >
          <Icon name="eye" />
          {t("bar.preview")}
        </button>
      )}
      <RunButton />
    </header>
  );
}

function Breadcrumb(): ReactElement {
  const { actions, locale, t } = useDesigner();
  const active = useView((view) => view.activeDataflow);
  const component = useDocument(({ document }) => document.meta.name);
  const keys = useDocument(({ document }) => document.dataflowKeys);
  const dataflows = useDocument(({ document }) => document.dataflows);
  const selected = useSelectedStep();
  const dataflow = dataflows[active];
  const stageKey = dataflow && (selected === null ? dataflow.stageKeys[0] : stageOf(dataflow, selected));
  const stage = stageKey == null ? undefined : dataflow?.stages[stageKey];
  const nameOf = (key: string) => localize(dataflows[key]?.meta.name ?? key, locale);
  return (
    <nav className="of-crumbs" aria-label={t("bar.label")}>
      <span className="of-crumb of-crumb-component" title={localize(component, locale)}>
        {localize(component, locale)}
      </span>
      <Icon name="chevronRight" />
      <Menu position="bottom-start">
        <Menu.Target>
          <button
            type="button"
            className="of-button of-crumb-dataflow"
            aria-label={t("bar.dataflowOf", { name: nameOf(active) })}
          >
            <span>{nameOf(active)}</span>
            <Icon name="chevronDown" />
          </button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t("bar.dataflows")}>
          {keys.map((key) => (
            <Menu.RadioItem
              key={key}
              value={key}
              checked={key === active}
              closeMenuOnClick
              onChange={actions.openDataflow}
            >
              {nameOf(key)}
            </Menu.RadioItem>
          ))}
        </Menu.Dropdown>
      </Menu>
      {stage ? (
        <>
          <Icon name="chevronRight" />
          <span className="of-crumb of-crumb-stage">{localize(stage.meta.name, locale)}</span>
        </>
      ) : null}
    </nav>
  );
}

function HistoryButtons(): ReactElement {
  const { actions, t } = useDesigner();
  const undo = useDocument(({ past }) => past.at(-1)?.label);
  const redo = useDocument(({ future }) => future[0]?.label);
  const mod = modifierKey();
  return (
    <>
      <span className="of-separator" />
      <IconButton
        icon="undo"
        name={undo ? t("bar.undoEdit", { edit: t(undo.id, undo.values) }) : t("bar.undo")}
        keys={`${mod}Z`}
        disabled={!undo}
        onClick={actions.undo}
      />
      <IconButton
        icon="redo"
        name={redo ? t("bar.redoEdit", { edit: t(redo.id, redo.values) }) : t("bar.redo")}
        keys={`⇧${mod}Z`}
        disabled={!redo}
        onClick={actions.redo}
      />
    </>
  );
}
