import type { JsonObject, JsonValue } from "../component/json.ts";
import type { StepIO } from "../ports/engine.ts";
import type { DataflowCall, ModalView, StepResult } from "../step/define-step.ts";
import type { Facts, Model } from "../step/model.ts";
import type { ModelBudget } from "../step/model-budget.ts";
import { redact } from "../step/redact.ts";
import { StepFailure } from "../step/step-failure.ts";
import type { Resumption, Suspension, Wait } from "./checkpoint.ts";
import type { CompiledDataflow, CompiledStep } from "./compile-component.ts";
import { createJoinArrivals } from "./join-arrivals.ts";
import { mergeModel } from "./merge-model.ts";
import { readInput } from "./read-input.ts";
import type { RunDataflowOptions } from "./run-dataflow.ts";
import type { RunError } from "./run-events.ts";
import { RunningStep } from "./running-step.ts";
import { toRunError } from "./to-run-error.ts";

/** How often one step may run in one walk; one more fails it. */
const maxActivations = 20;

/** How many dataflows a run may call; calls that call double with each level. */
const maxCalls = 1000;

/** What the walks of one run share: its own dataflow's and those that are called. */
export interface RunScope {
  readonly options: RunDataflowOptions;
  readonly budget: ModelBudget;
  facts: Facts;
  modal: ModalView | null;
  calls: number;
}

/** One walk of a run. */
export interface WalkPlace {
  readonly run: RunScope;
  /** The declared definitions with the caller's values. */
  readonly input: Model;
  /** See `StepKey`; empty in the run's own dataflow. */
  readonly callPath: string;
  readonly resume?: Resumption | undefined;
}

/** How a walk ended. */
export type WalkEnd =
  | Suspension
  | { readonly status: "completed"; readonly response: NonNullable<StepResult["response"]>; readonly model: LastModel }
  | { readonly status: "failed"; readonly error: RunError; readonly model: LastModel }
  | { readonly status: "cancelled"; readonly model: LastModel };

/** What the response was written from, or else what the last step left. */
type LastModel = Model | undefined;

interface Arrival {
  readonly step: CompiledStep;
  readonly model: Model;
}

/**
 * Walks a dataflow from its start, or from the end of a wait, until it is over or only people can go on.
 * Never throws. Awaits only what is a promise, since most steps are not.
 */
export async function walk(dataflow: CompiledDataflow, place: WalkPlace): Promise<WalkEnd> {
  const { run, callPath, resume } = place;
  const { io, clock, isCancelled } = run.options;
  const called = callPath === "" ? undefined : { callPath };
  const queue: Arrival[] = [];
  const activations = new Map(resume?.checkpoint.activations);
  const waits: Wait[] = [...(resume?.checkpoint.waits ?? [])];
  const joins = dataflow.joins && createJoinArrivals(dataflow.joins, resume?.checkpoint.joins);
  let response = resume?.checkpoint.response;
  let answered = resume?.checkpoint.answered;
  let last: { readonly step: CompiledStep; readonly outcome: string; readonly model: Model } | undefined;
  let next = 0;

  const failed = (error: RunError): WalkEnd => ({ status: "failed", error, model: answered ?? last?.model });
  const cancelled = (): WalkEnd => ({ status: "cancelled", model: answered ?? last?.model });
  const emit: StepIO["emit"] = (event) => io.emit(called ? { ...event, ...called } : event);

  /** Leaves a step by an outcome; the result is the end of the walk, if it was that. */
  const leave = (step: CompiledStep, activation: number, model: Model, result: StepResult): WalkEnd | null => {
    let output: JsonObject;
    let shownResponse: JsonValue;
    try {
      output = redact(result.data, run.budget);
      shownResponse = result.response ? redact(result.response.value, run.budget) : null;
    } catch (thrown) {
      return fail(step, activation, model, thrown);
    }
    const merged = mergeModel(model, result);
    if (result.facts) run.facts = { ...run.facts, ...result.facts };
    last = { step, outcome: result.outcome, model: merged };
    const at = clock.now();
    emit(
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
      run.modal = result.modal;
      emit({ type: "modal-shown", stepId: step.id, modalId: result.modal.id, at });
    }
    if (result.response) {
      answered ??= merged;
      response ??= result.response;
      if (!called) {
        emit({
          type: "response-written",
          stepId: step.id,
          status: result.response.status,
          response: shownResponse,
          at,
        });
      }
    }
    const followers = step.followers.get(result.outcome);
    if (followers && followers.length > 0) {
      for (const follower of followers) {
        if (joins?.has(follower.id)) joins.arrive(follower.id, `${step.id}.${result.outcome}`, merged);
        else queue.push({ step: follower, model: merged });
      }
      return null;
    }
    const code = step.definition.outcomes[result.outcome]?.failsAs;
    if (!code) return null;
    const message = result.reason ?? `Step "${step.id}" ended as "${result.outcome}", which no step follows.`;
    return failed({ code, message, stepId: step.id });
  };

  const fail = (step: CompiledStep, activation: number, model: Model, thrown: unknown): WalkEnd => {
    const error = toRunError(thrown, step.id, model);
    const console = thrown instanceof StepFailure && thrown.console.length > 0 ? { console: thrown.console } : {};
    emit({ type: "step-failed", stepId: step.id, activation, error, ...console, at: clock.now() });
    return failed(error);
  };

  /** Walks through the dataflow that a step calls; null when the run was cancelled on the way. */
  const call = async (
    step: CompiledStep,
    activation: number,
    { input, resultField }: DataflowCall,
  ): Promise<StepResult | null> => {
    if (!step.called) throw new StepFailure("unknown-dataflow", `Step "${step.id}" calls no dataflow that exists.`);
    run.calls += 1;
    if (run.calls > maxCalls) {
      const message = `Step "${step.id}" was about to call a dataflow for the ${maxCalls + 1}st time in this run. Let the dataflows call each other less often.`;
      throw new StepFailure("too-many-calls", message);
    }
    const end = await walk(step.called, {
      run,
      input: readInput(dataflow.component, input),
      callPath: `${callPath}${callPath && "/"}${step.id}/${activation}`,
    });
    if (end.status === "completed") return { outcome: "ok", data: { [resultField]: end.response.value } };
    if (end.status !== "failed") return null;
    const { code, message } = end.error;
    return { outcome: "failed", data: { [resultField]: { error: { code, message } } } };
  };

  /** Lets the joins run that nothing more can arrive at. */
  const fireJoins = (): void => {
    if (!joins) return;
    const active = () => [...queue.slice(next).map(({ step }) => step.id), ...waits.map(({ stepId }) => stepId)];
    for (const { stepId, model } of joins.fire(active)) {
      const step = dataflow.step(stepId);
      if (step) queue.push({ step, model });
    }
  };

  if (resume) {
    const wait = waits.shift();
    const step = wait && dataflow.step(wait.stepId);
    if (!wait || !step) throw new Error("A checkpoint without a wait of this dataflow cannot be resumed.");
    const { stepId, activation, model } = wait;
    emit({ type: "run-resumed", stepId, activation, outcome: resume.outcome, at: clock.now() });
    const data: Model = Object.keys(resume.values).length > 0 ? { data: resume.values } : {};
    const ended = leave(step, activation, model, { outcome: resume.outcome, data });
    if (ended) return ended;
    fireJoins();
  } else {
    for (const step of dataflow.starts) queue.push({ step, model: {} });
  }

  for (let arrival = queue[next]; arrival; arrival = queue[next]) {
    next += 1;
    const { step, model } = arrival;
    if (isCancelled?.()) return cancelled();
    const activation = (activations.get(step.id) ?? 0) + 1;
    activations.set(step.id, activation);
    if (activation > maxActivations) {
      return failed({
        code: "too-many-activations",
        message: `Step "${step.id}" was about to run for the ${activation}st time. A run may activate a step ${maxActivations} times: check the loop that leads to it.`,
        stepId: step.id,
      });
    }
    emit({ type: "step-started", stepId: step.id, activation, at: clock.now() });

    let result: StepResult | null;
    try {
      const pending = io.step(
        { callPath, stepId: step.id, activation },
        (stepCall) => step.definition.run(new RunningStep(step, model, activation, stepCall, dataflow, place)),
        step.effect,
      );
      result = pending instanceof Promise ? await pending : pending;
      // Most steps leave by an outcome: no more is asked of their results.
      if (result.outcome === "") {
        if (result.question && called) throw questionInCall(step);
        if (result.call) result = await call(step, activation, result.call);
      }
    } catch (thrown) {
      return isCancelled?.() ? cancelled() : fail(step, activation, model, thrown);
    }
    if (!result) return cancelled();
    if (result.outcome === "" && result.question) {
      waits.push({ stepId: step.id, activation, model, question: result.question });
      continue;
    }
    const ended = leave(step, activation, model, result);
    if (ended) return ended;
    fireJoins();
  }

  if (isCancelled?.()) return cancelled();
  const [open] = waits;
  if (open) {
    const { stepId, question } = open;
    run.modal = question.modal;
    emit({ type: "modal-shown", stepId, modalId: question.modal.id, at: clock.now() });
    const { facts, modal } = run;
    return {
      status: "suspended",
      checkpoint: { activations, waits, joins: joins?.states() ?? [], facts, modal, response, answered },
    };
  }
  if (response) return { status: "completed", response, model: answered ?? last?.model };
  return failed({
    code: "no-response",
    message: last
      ? `The run ended at step "${last.step.id}" by "${last.outcome}" without a response. Let a Write response step follow it.`
      : `Dataflow "${dataflow.id}" has no step that starts it. Add Get action model.`,
    stepId: last?.step.id ?? null,
  });
}

/** What a step type of somebody else may do that names no outcome which waits. */
function questionInCall({ id }: CompiledStep): StepFailure {
  return new StepFailure("question-in-call", `Step "${id}" asks a person, which a called dataflow may not do.`);
}
