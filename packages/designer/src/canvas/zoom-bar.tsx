import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { IconButton } from "../theme/icon-button.tsx";
import { useCanvasControls } from "./canvas-controls.tsx";

/** The canvas's own buttons: smaller, larger, all in view, tidy. */
export function ZoomBar({ readOnly }: { readonly readOnly: boolean }): ReactElement {
  const { actions, t } = useDesigner();
  const controls = useCanvasControls();
  return (
    <div className="of-zoom" role="group">
      <IconButton icon="minus" name={t("canvas.zoomOut")} onClick={controls.zoomOut} />
      <IconButton icon="plus" name={t("canvas.zoomIn")} onClick={controls.zoomIn} />
      <IconButton icon="fit" name={t("canvas.fit")} keys="1" onClick={controls.fitView} />
      {readOnly ? null : <IconButton icon="tidy" name={t("canvas.tidy")} keys="T" onClick={actions.tidy} />}
    </div>
  );
}
