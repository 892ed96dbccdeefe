import type { ReactElement } from "react";
import { localize } from "@onceflow/step-runtime";
import { useDesigner, useSelectedStep, useStep, useView } from "../store/designer-context.tsx";
import type { OutputTab, PreviewRun } from "../store/view-store.ts";
import { ownSteps } from "./own-steps.ts";
import { RunMessages } from "./run-messages.tsx";
import { ValueTree } from "./value-tree.tsx";

const tabs: readonly OutputTab[] = ["input", "output", "messages", "errors"];

/** What went in and came out: of the selected step, or of the run when none is selected. */
export function RunOutput({ run }: { readonly run: PreviewRun }): ReactElement {
  const { view, t } = useDesigner();
  const tab = useView((state) => state.outputTab);
  return (
    <div className="of-output">
      <div className="of-segment" role="group" aria-label={t("run.output")}>
        {tabs.map((key) => (
          <button key={key} type="button" aria-pressed={tab === key} onClick={() => view.setState({ outputTab: key })}>
            {t(`run.${key}`)}
          </button>
        ))}
      </div>
      <div className="of-output-body" tabIndex={0}>
        <OutputContent run={run} tab={tab} />
      </div>
    </div>
  );
}

function OutputContent({ run, tab }: { readonly run: PreviewRun; readonly tab: OutputTab }): ReactElement {
  const { steps, locale, t } = useDesigner();
  const selected = useSelectedStep();
  const step = useStep(selected ?? "");
  const done = ownSteps(run.state).findLast(({ stepId }) => stepId === step?.id);
  if (tab === "input")
    return Object.keys(run.input).length > 0 ? (
      <ValueTree value={run.input} />
    ) : (
      <p className="of-note">{t("run.noInput")}</p>
    );
  if (tab === "messages") {
    return run.messages.length > 0 ? (
      <RunMessages messages={run.messages} />
    ) : (
      <p className="of-note">{t("run.noMessages")}</p>
    );
  }
  if (tab === "errors") {
    const error = done?.error ?? run.state.error ?? run.result?.error;
    return error ? (
      <p className="of-output-error">
        {error.message}
        {error.line === undefined ? null : ` (${error.line}:${error.column ?? 1})`}
      </p>
    ) : (
      <p className="of-note">{t("run.noErrors")}</p>
    );
  }
  if (!done) return <ValueTree value={run.state.response} />;
  const outcome = done.outcome === null ? undefined : steps.get(step?.type ?? "")?.outcomes[done.outcome];
  return (
    <>
      {done.output && Object.keys(done.output).length > 0 ? (
        <ValueTree value={done.output} />
      ) : (
        <p className="of-note">{t("run.nothing")}</p>
      )}
      {outcome ? <p className="of-note">{t("run.outcome", { outcome: localize(outcome.title, locale) })}</p> : null}
      {done.console.length > 0 ? <ValueTree value={done.console.map((line) => line.text)} /> : null}
    </>
  );
}
