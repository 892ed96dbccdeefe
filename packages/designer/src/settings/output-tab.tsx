import type { ReactElement } from "react";
import { ownSteps } from "../run/own-steps.ts";
import { useActiveDataflow, useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";

/** The tab *Output*: what the step did in the last run. */
export function OutputTab({ stepKey }: { readonly stepKey: string }): ReactElement {
  const { t, run: runner, actions } = useDesigner();
  const dataflow = useActiveDataflow();
  const dataflowId = dataflow?.meta.id;
  const stepId = dataflow?.steps[stepKey]?.id;
  const step = useView(({ run }) =>
    run && run.dataflowId === dataflowId ? ownSteps(run.state).findLast((one) => one.stepId === stepId) : undefined,
  );
  if (!step) {
    return (
      <div className="ofs-empty">
        <Icon name="play" />
        <b>{t("settings.notRun")}</b>
        <p>{t("settings.notRunText")}</p>
        {runner && (
          <button type="button" className="ofs-button" onClick={() => void actions.runDataflow()}>
            <Icon name="play" />
            {t("settings.run")}
          </button>
        )}
      </div>
    );
  }
  return (
    <div className="ofs-form">
      <p className="ofs-run-line" data-state={step.status}>
        <Icon name={step.status === "failed" ? "error" : step.status === "done" ? "check" : "clock"} />
        <span>
          {t(`settings.run.${step.status}`)}
          {step.outcome !== null && ` · ${step.outcome}`}
          {step.endedAt !== null &&
            ` · ${t("settings.milliseconds", { ms: Math.max(0, Math.round(step.endedAt - step.startedAt)) })}`}
        </span>
      </p>
      {step.error && <p className="ofs-error">{step.error.message}</p>}
      {step.output && <pre className="ofs-json">{JSON.stringify(step.output, null, 2)}</pre>}
      {step.console.length > 0 && (
        <section className="ofs-section">
          <h3>{t("settings.console")}</h3>
          <pre className="ofs-json">{step.console.map(({ text }) => text).join("\n")}</pre>
        </section>
      )}
    </div>
  );
}
