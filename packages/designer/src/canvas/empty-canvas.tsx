import type { ReactElement } from "react";
import { localize } from "@onceflow/step-runtime";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useCanvasControls } from "./canvas-controls.tsx";

/** What stands on the canvas of a dataflow without steps: how to begin. */
export function EmptyCanvas({ readOnly }: { readonly readOnly: boolean }): ReactElement {
  const { actions, steps, locale, t } = useDesigner();
  const controls = useCanvasControls();
  const stageKey = useView(({ lanes }) => lanes[0]?.stageKey ?? "stage");
  const start = steps.list().find((type) => type.sources === "none");
  const name = start ? localize(start.title, locale) : "";
  return (
    <div className="of-empty of-canvas-empty">
      <Icon name="tree" />
      <b>{t("canvas.emptyTitle")}</b>
      {start ? <p>{t("canvas.emptyText", { name })}</p> : null}
      {start && !readOnly ? (
        <button
          type="button"
          className="of-button of-line"
          onClick={() => {
            const added = actions.addStep(start.type, { at: "stage", stageKey });
            if (added) controls.reveal(added, { focus: true });
          }}
        >
          <Icon name="plus" />
          {t("canvas.emptyAdd", { name })}
        </button>
      ) : null}
    </div>
  );
}
