import type { Clock } from "../ports/clock.ts";
import type { RunResult, StepIO } from "../ports/engine.ts";
import type { Caller } from "../step/caller.ts";
import type { ModalView } from "../step/define-step.ts";
import type { Model } from "../step/model.ts";
import { createModelBudget, type ModelBudget } from "../step/model-budget.ts";
import { present } from "../step/redact.ts";
import type { Resumption, Suspension } from "./checkpoint.ts";
import type { CompiledDataflow } from "./compile-component.ts";
import { type RunScope, walk } from "./walk.ts";

/** What a run needs beside its dataflow. */
export interface RunDataflowOptions {
  readonly runId: string;
  /** The declared definitions with the caller's values, see `readInput`. */
  readonly input: Model;
  readonly caller: Caller;
  /** Handed to the steps as they are; the registry's type says which are needed. */
  readonly ports: unknown;
  readonly io: StepIO;
  readonly clock: Clock;
  /** Goes on where a run was suspended. */
  readonly resume?: Resumption;
  /** Asked between steps; a run that was cancelled ends there. */
  readonly isCancelled?: () => boolean;
  /** What the run's outputs may come to; an engine that reads it afterwards knows the run's size. */
  readonly budget?: ModelBudget;
}

/**
 * Walks a dataflow: steps run one at a time, in order of arrival; each arrival activates the step once more.
 * When nothing else can run and a step has asked a person, the run is suspended; it goes on with `resume`.
 * Never throws: a failed run is a result. Awaits only what is a promise, since most steps are not.
 */
export async function runDataflow(
  dataflow: CompiledDataflow,
  options: RunDataflowOptions,
): Promise<RunResult | Suspension> {
  const { runId, input, io, clock, resume, budget = createModelBudget() } = options;
  const facts = resume?.checkpoint.facts ?? {};
  const run: RunScope = { options, budget, facts, modal: resume?.checkpoint.modal ?? null, calls: 0 };
  if (!resume) io.emit({ type: "run-started", runId, dataflowId: dataflow.id, at: clock.now() });
  const end = await walk(dataflow, { run, input, callPath: "", resume });
  if (end.status === "suspended") return end;
  const at = clock.now();
  if (end.status === "failed") io.emit({ type: "run-failed", error: end.error, at });
  else io.emit({ type: end.status === "cancelled" ? "run-cancelled" : "run-completed", at });
  const response = end.status === "completed" ? end.response : null;
  const definitions = end.model?.["data"];
  return {
    status: end.status,
    response: response && present(response.value),
    responseStatus: response && response.status,
    definitions: isModel(definitions) ? present(definitions) : {},
    modal: run.modal && presentModal(run.modal),
    messages: [],
    error: end.status === "failed" ? end.error : null,
  };
}

/** A modal with its values as the run's owner may see them. */
export function presentModal(modal: ModalView): ModalView {
  return {
    ...modal,
    controls: modal.controls.map((control) =>
      control.value === undefined ? control : { ...control, value: present(control.value) },
    ),
  };
}

function isModel(value: unknown): value is Model {
  return typeof value === "object" && value !== null;
}
