import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { localize } from "@onceflow/step-runtime";
import { useDesigner, useDocument, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";

/** Runs the dataflow on the canvas, or stops it. */
export function RunButton(): ReactElement {
  const { actions, view, run, locale, t } = useDesigner();
  const active = useView((state) => state.activeDataflow);
  const running = useView((state) => state.run !== null && state.run.result === null);
  const name = useDocument(({ document }) => localize(document.dataflows[active]?.meta.name ?? "", locale));
  return (
    <Tooltip label={run ? t("bar.runDataflow", { name }) : t("bar.noRunner")}>
      <button
        type="button"
        className="of-button of-primary"
        aria-disabled={!run || undefined}
        onClick={() => {
          if (running) return actions.cancelRun();
          view.setState((state) => ({ open: { ...state.open, drawer: run !== null || state.open.drawer } }));
          // The preview says what went wrong when a runner cannot be reached.
          return void actions.runDataflow().catch(() => undefined);
        }}
      >
        <Icon name={running ? "stop" : "play"} />
        {t(running ? "bar.stop" : "bar.run")}
      </button>
    </Tooltip>
  );
}
