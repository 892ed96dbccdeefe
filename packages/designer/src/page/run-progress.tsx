import { type Dataflow, localize, type RunState } from "@onceflow/step-runtime";
import { type ReactElement, useEffect, useState } from "react";
import { ownSteps } from "../run/own-steps.ts";
import { PageIcon } from "./page-icon.tsx";
import type { PageMessages } from "./page-messages.ts";

// A run that is over sooner would only flash.
const showAfterMs = 250;
const mostSteps = 10;

interface RunProgressProps {
  readonly dataflow: Dataflow;
  readonly run: RunState;
  readonly locale: string;
  readonly messages: PageMessages;
}

/** What a run is doing: its steps with their marks, the running one said politely. */
export function RunProgress({ dataflow, run, locale, messages }: RunProgressProps): ReactElement {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), showAfterMs);
    return () => clearTimeout(timer);
  }, []);

  const status = new Map(ownSteps(run).map((step) => [step.stepId, step.status]));
  const steps = dataflow.stages.flatMap((stage) => stage.steps);
  const running = steps.find((step) => status.get(step.id) === "running");
  // The list keeps its height while the run goes on; of a long dataflow it shows where it is.
  const at = running ? steps.indexOf(running) : status.size - 1;
  const from = Math.max(0, Math.min(at - mostSteps + 3, steps.length - mostSteps));

  return (
    <div className="ofp-progress">
      <p className="ofp-spoken" role="status">
        {slow && (running ? `${messages.working}: ${localize(running.name, locale)}` : messages.working)}
      </p>
      {slow && (
        <ol>
          {steps.slice(from, from + mostSteps).map((step) => {
            const mark = status.get(step.id) ?? "waiting";
            return (
              <li key={step.id} data-state={mark}>
                <span className="ofp-mark" role="img" aria-label={messages.stepState[mark]}>
                  {mark === "done" && <PageIcon name="check" />}
                  {mark === "failed" && <PageIcon name="error" />}
                  {mark === "running" && <span className="ofp-spinner" />}
                </span>
                {localize(step.name, locale)}
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
