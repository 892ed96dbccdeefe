import type { ReactElement } from "react";
import { useDesigner, useSelectedStep, useView } from "../store/designer-context.tsx";
import type { PreviewRun } from "../store/view-store.ts";
import { Icon } from "../theme/icon.tsx";
import { IconButton } from "../theme/icon-button.tsx";
import { ownSteps } from "./own-steps.ts";
import { RunOutput } from "./run-output.tsx";
import { RunTimeline } from "./run-timeline.tsx";
import { useRunDuration } from "./use-run-duration.ts";

/** The drawer at the bottom: the last run step by step, and what the selected step did. */
export function RunDrawer(): ReactElement {
  const { view, t } = useDesigner();
  const run = useView((state) => state.run);
  const close = () => view.setState((state) => ({ open: { ...state.open, drawer: false } }));
  return (
    <section className="of-drawer" aria-label={t("run.label")}>
      <div className="of-drawer-head">
        <h2>{t("run.tab")}</h2>
        {run ? <RunSummary run={run} /> : null}
        <span className="of-grow" />
        {run && run.state.steps.length > 0 ? <RunWalk run={run} /> : null}
        <IconButton small icon="close" name={t("run.close")} onClick={close} />
      </div>
      {run ? (
        <>
          <RunTimeline run={run} />
          <RunOutput run={run} />
        </>
      ) : (
        <div className="of-empty">
          <Icon name="play" />
          <b>{t("run.notRun")}</b>
          <p>{t("run.notRunText")}</p>
        </div>
      )}
    </section>
  );
}

function RunSummary({ run: { state } }: { readonly run: PreviewRun }): ReactElement {
  const { locale, session, t } = useDesigner();
  const duration = useRunDuration();
  const status = state.status === "pending" ? "running" : state.status;
  const startedAt = state.startedAt ?? 0;
  const facts = [
    ...(state.endedAt === null
      ? []
      : [
          t("run.summary", {
            duration: duration(state.endedAt - startedAt),
            time: new Date(startedAt).toLocaleTimeString(locale, { hour12: false }),
          }),
        ]),
    ...(session?.userName ? [session.userName] : []),
    ...(session ? [session.clientName] : []),
  ];
  return (
    <p className="of-run-summary">
      <b data-status={status}>
        {status === "running" ? <i className="of-spinner" /> : <Icon name={status === "completed" ? "ok" : "error"} />}
        {t(`run.${status}`)}
      </b>
      <span>{facts.join(", ")}</span>
    </p>
  );
}

function RunWalk({ run: { state } }: { readonly run: PreviewRun }): ReactElement {
  const { actions, t } = useDesigner();
  const selected = useSelectedStep();
  const steps = ownSteps(state);
  const at = steps.findIndex(({ stepId }) => stepId === selected);
  return (
    <>
      <IconButton
        small
        icon="previous"
        name={t("run.previous")}
        keys="["
        disabled={at <= 0}
        onClick={() => actions.walkRun(-1)}
      />
      <span className="of-note">{t("run.stepOf", { number: at + 1, count: steps.length })}</span>
      <IconButton
        small
        icon="next"
        name={t("run.next")}
        keys="]"
        disabled={at === steps.length - 1}
        onClick={() => actions.walkRun(1)}
      />
    </>
  );
}
