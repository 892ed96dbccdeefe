import { type ReactElement, type ReactNode, type RefObject, useEffect, useState } from "react";
import { Canvas } from "../canvas/canvas.tsx";
import type { CanvasControls } from "../canvas/canvas-controls.tsx";
import { ImportDialog } from "../import/import-dialog.tsx";
import { useIssueKeys } from "../issues/use-issue-keys.ts";
import { Outline } from "../outline/outline.tsx";
import { PreviewColumn } from "../preview/preview-column.tsx";
import { RunDrawer } from "../run/run-drawer.tsx";
import { SettingsPanel } from "../settings/settings-panel.tsx";
import { useDesigner, useView } from "../store/designer-context.tsx";
import type { Panel } from "../store/view-store.ts";
import { Icon } from "../theme/icon.tsx";
import { IconButton } from "../theme/icon-button.tsx";
import { LeftPanel } from "./left-panel.tsx";
import { TopBar, type TopBarProps } from "./top-bar.tsx";
import { isDocked, type LayoutMode } from "./use-layout-mode.ts";

interface FrameProps extends Omit<TopBarProps, "mode"> {
  readonly mode: LayoutMode;
  readonly controls: RefObject<CanvasControls | null>;
}

/** The regions of the designer, beside each other; where there is little room, one at a time beside the canvas. */
export function Frame({ mode, controls, ...bar }: FrameProps): ReactElement {
  const { view } = useDesigner();
  const open = useView((state) => state.open);
  useIssueKeys();
  useEffect(
    // What is selected in a list or by a problem comes into view on the canvas.
    () =>
      view.subscribe(({ selection }, before) => {
        const [stepKey] = selection.stepKeys;
        if (selection !== before.selection && stepKey !== undefined)
          requestAnimationFrame(() => controls.current?.reveal(stepKey));
      }),
    [view, controls],
  );
  if (mode.size === "narrow") return <NarrowFrame mode={mode} controls={controls} {...bar} />;
  return (
    <div
      className="of-frame"
      data-size={mode.size}
      data-left={open.left || undefined}
      data-preview={open.preview || undefined}
      data-right={open.right || mode.size === "wide" || undefined}
      data-drawer={open.drawer || undefined}
    >
      <TopBar mode={mode} {...bar} />
      <Region panel="left" docked={isDocked(mode, "left")}>
        <LeftPanel onAdded={(stepKey) => controls.current?.reveal(stepKey)} />
      </Region>
      <Canvas controls={controls} viewOnly={false} />
      <Region panel="preview" docked={isDocked(mode, "preview")}>
        <PreviewColumn />
      </Region>
      <Region panel="right" docked={isDocked(mode, "right")}>
        <SettingsPanel />
      </Region>
      {open.drawer ? <RunDrawer /> : null}
      <ImportDialog />
    </div>
  );
}

/** A column, or a drawer that Escape closes. */
function Region({
  panel,
  docked,
  children,
}: {
  readonly panel: Exclude<Panel, "drawer">;
  readonly docked: boolean;
  readonly children: ReactNode;
}): ReactElement | null {
  const { view, t } = useDesigner();
  const open = useView((state) => state.open[panel]);
  if (docked)
    return open || panel === "right" ? <div className={`of-region of-region-${panel}`}>{children}</div> : null;
  if (!open) return null;
  const close = () => view.setState((state) => ({ open: { ...state.open, [panel]: false } }));
  return (
    <div
      className={`of-region of-region-${panel} of-over`}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) close();
      }}
    >
      {children}
      {panel === "preview" ? null : (
        <div className="of-over-close">
          <IconButton small icon="close" name={t("left.close")} onClick={close} />
        </div>
      )}
    </div>
  );
}

type NarrowView = "outline" | "canvas" | "preview";
const narrowViews: readonly NarrowView[] = ["outline", "canvas", "preview"];

/** On a phone: the outline to edit by, the canvas to look at, and the parameters as a sheet. */
function NarrowFrame({ mode, controls, ...bar }: FrameProps): ReactElement {
  const { view, readOnly, t } = useDesigner();
  const open = useView((state) => state.open);
  const [shown, setShown] = useState<NarrowView>("outline");
  const names = { outline: t("left.outline"), canvas: t("narrow.canvas"), preview: t("bar.preview") };
  return (
    <div className="of-frame" data-size="narrow">
      <TopBar mode={mode} {...bar} />
      <div className="of-narrow-tabs">
        <div className="of-segment" role="group" aria-label={t("narrow.views")}>
          {narrowViews.map((key) => (
            <button key={key} type="button" aria-pressed={shown === key} onClick={() => setShown(key)}>
              {names[key]}
            </button>
          ))}
        </div>
      </div>
      <div className="of-narrow-body">
        {shown === "outline" ? (
          <Outline />
        ) : shown === "canvas" ? (
          <Canvas controls={controls} viewOnly />
        ) : (
          <PreviewColumn />
        )}
      </div>
      <Region panel="left" docked={false}>
        <LeftPanel onAdded={() => view.setState((state) => ({ open: { ...state.open, left: false, right: true } }))} />
      </Region>
      <Region panel="right" docked={false}>
        <SettingsPanel />
      </Region>
      {open.drawer ? <RunDrawer /> : null}
      <ImportDialog />
      {shown === "outline" && !readOnly ? (
        <button
          type="button"
          className="of-button of-primary of-narrow-add"
          onClick={() => view.setState((state) => ({ leftTab: "steps", open: { ...state.open, left: true } }))}
        >
          <Icon name="plus" />
          {t("canvas.addStep")}
        </button>
      ) : null}
    </div>
  );
}
