import type { JsonObject, JsonValue } from "../component/json.ts";
import type { Clock } from "../ports/clock.ts";
import type { RunResult, StepIO } from "../ports/engine.ts";
import type { Caller } from "../step/caller.ts";
import type { ModalView, StepResult } from "../step/define-step.ts";
import type { Facts, Model } from "../step/model.ts";
import { createModelBudget, type ModelBudget } from "../step/model-budget.ts";
import { present, redact } from "../step/redact.ts";
import { StepFailure } from "../step/step-failure.ts";
import type { Resumption, Suspension, Wait } from "./checkpoint.ts";
import type { CompiledDataflow, CompiledStep } from "./compile-component.ts";
import { mergeModel } from "./merge-model.ts";
import type { RunError } from "./run-events.ts";
import { RunningStep } from "./running-step.ts";
import { toRunError } from "./to-run-error.ts";

/** How often one step may run in one run; one more fails it. */
const maxActivations = 20;

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

interface Arrival {
  readonly step: CompiledStep;
  readonly model: Model;
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
  const { runId, io, clock, resume, isCancelled, budget = createModelBudget() } = options;
  const queue: Arrival[] = [];
  const activations = new Map(resume?.checkpoint.activations);
  const waits: Wait[] = [...(resume?.checkpoint.waits ?? [])];
  let facts: Facts = resume?.checkpoint.facts ?? {};
  let modal: ModalView | null = resume?.checkpoint.modal ?? null;
  let response = resume?.checkpoint.response;
  let answered = resume?.checkpoint.answered;
  let last: { readonly step: CompiledStep; readonly outcome: string; readonly model: Model } | undefined;

  const end = (status: RunResult["status"], error: RunError | null): RunResult => {
    const at = clock.now();
    if (status === "failed" && error) io.emit({ type: "run-failed", error, at });
    else io.emit({ type: status === "cancelled" ? "run-cancelled" : "run-completed", at });
    const definitions = (answered ?? last?.model)?.["data"];
    return {
      status,
      response: response && status === "completed" ? present(response.value) : null,
      responseStatus: response && status === "completed" ? response.status : null,
      definitions: isModel(definitions) ? present(definitions) : {},
      modal: modal && presentModal(modal),
      messages: [],
      error,
    };
  };

  /** Leaves a step by an outcome; the result is the end of the run, if it was that. */
  const leave = (step: CompiledStep, activation: number, model: Model, result: StepResult): RunResult | null => {
    let output: JsonObject;
    let shownResponse: JsonValue;
    try {
      output = redact(result.data, budget);
      shownResponse = result.response ? redact(result.response.value, budget) : null;
    } catch (thrown) {
      return fail(step, activation, model, thrown);
    }
    const merged = mergeModel(model, result);
    if (result.facts) facts = { ...facts, ...result.facts };
    last = { step, outcome: result.outcome, model: merged };
    const at = clock.now();
    io.emit(
      result.console && result.console.length > 0
        ? {
            type: "step-finished",
            stepId: step.id,
            activation,
            outcome: result.outcome,
            output,
            console: result.console,
            at,
          }
        : { type: "step-finished", stepId: step.id, activation, outcome: result.outcome, output, at },
    );
    if (result.modal) {
      modal = result.modal;
      io.emit({ type: "modal-shown", stepId: step.id, modalId: modal.id, at });
    }
    if (result.response) {
      answered ??= merged;
      response ??= result.response;
      io.emit({
        type: "response-written",
        stepId: step.id,
        status: result.response.status,
        response: shownResponse,
        at,
      });
    }
    const followers = step.followers.get(result.outcome);
    if (followers && followers.length > 0) {
      for (const follower of followers) queue.push({ step: follower, model: merged });
      return null;
    }
    const code = step.definition.outcomes[result.outcome]?.failsAs;
    if (!code) return null;
    const message = result.reason ?? `Step "${step.id}" ended as "${result.outcome}", which no step follows.`;
    return end("failed", { code, message, stepId: step.id });
  };

  const fail = (step: CompiledStep, activation: number, model: Model, thrown: unknown): RunResult => {
    const error = toRunError(thrown, step.id, model);
    const console = thrown instanceof StepFailure && thrown.console.length > 0 ? { console: thrown.console } : {};
    io.emit({ type: "step-failed", stepId: step.id, activation, error, ...console, at: clock.now() });
    return end("failed", error);
  };

  if (resume) {
    const wait = waits.shift();
    const step = wait && dataflow.step(wait.stepId);
    if (!wait || !step) throw new Error("A checkpoint without a wait of this dataflow cannot be resumed.");
    const { stepId, activation, model } = wait;
    io.emit({ type: "run-resumed", stepId, activation, outcome: resume.outcome, at: clock.now() });
    const data: Model = Object.keys(resume.values).length > 0 ? { data: resume.values } : {};
    const ended = leave(step, activation, model, { outcome: resume.outcome, data });
    if (ended) return ended;
  } else {
    for (const step of dataflow.starts) queue.push({ step, model: {} });
    io.emit({ type: "run-started", runId, dataflowId: dataflow.id, at: clock.now() });
  }

  for (let next = 0; next < queue.length; next += 1) {
    const { step, model } = queue[next] as Arrival;
    if (isCancelled?.()) return end("cancelled", null);
    const activation = (activations.get(step.id) ?? 0) + 1;
    activations.set(step.id, activation);
    if (activation > maxActivations) {
      return end("failed", {
        code: "too-many-activations",
        message: `Step "${step.id}" was about to run for the ${activation}st time. A run may activate a step ${maxActivations} times: check the loop that leads to it.`,
        stepId: step.id,
      });
    }
    io.emit({ type: "step-started", stepId: step.id, activation, at: clock.now() });

    let result: StepResult;
    try {
      const pending = io.step(
        { stepId: step.id, activation },
        (call) => step.definition.run(new RunningStep(step, model, facts, activation, call, dataflow, options)),
        step.definition.effect ?? "pure",
      );
      result = pending instanceof Promise ? await pending : pending;
    } catch (thrown) {
      return isCancelled?.() ? end("cancelled", null) : fail(step, activation, model, thrown);
    }
    if (result.question) {
      waits.push({ stepId: step.id, activation, model, question: result.question });
      continue;
    }
    const ended = leave(step, activation, model, result);
    if (ended) return ended;
  }

  if (isCancelled?.()) return end("cancelled", null);
  const [open] = waits;
  if (open) {
    const { stepId, question } = open;
    modal = question.modal;
    io.emit({ type: "modal-shown", stepId, modalId: modal.id, at: clock.now() });
    return { status: "suspended", checkpoint: { activations, waits, facts, modal, response, answered } };
  }
  if (response) return end("completed", null);
  return end("failed", {
    code: "no-response",
    message: last
      ? `The run ended at step "${last.step.id}" by "${last.outcome}" without a response. Let a Write response step follow it.`
      : `Dataflow "${dataflow.id}" has no step that starts it. Add Get action model.`,
    stepId: last?.step.id ?? null,
  });
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
