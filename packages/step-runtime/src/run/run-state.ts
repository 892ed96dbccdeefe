import type { JsonObject, JsonValue } from "../component/json.ts";
import type { ScriptConsoleLine } from "../ports/script-runner.ts";
import type { RunError, RunEvent } from "./run-events.ts";

/** What the events of a run add up to: a redacted view. */
export interface RunState {
  readonly status: "pending" | "running" | "suspended" | "completed" | "failed" | "cancelled";
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** In order of start. */
  readonly steps: readonly StepRun[];
  readonly modalId: string | null;
  /** The first one; its secrets are masked here, in test mode too. */
  readonly response: JsonValue;
  readonly responseStatus: number | null;
  readonly error: RunError | null;
}

/** One activation of a step. */
export interface StepRun {
  /** See the events: empty in the run's own dataflow. */
  readonly callPath: string;
  readonly stepId: string;
  readonly activation: number;
  readonly status: "running" | "done" | "failed";
  readonly outcome: string | null;
  readonly output: JsonObject | null;
  readonly console: readonly ScriptConsoleLine[];
  readonly error: RunError | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** A run of which nothing is known yet. */
export const initialRunState: RunState = {
  status: "pending",
  startedAt: null,
  endedAt: null,
  steps: [],
  modalId: null,
  response: null,
  responseStatus: null,
  error: null,
};

/** The state after one more event; pure, so replaying the events of a run gives its state. */
export function nextRunState(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "run-started":
      return { ...initialRunState, status: "running", startedAt: event.at };
    case "step-started":
      return {
        ...state,
        steps: [
          ...state.steps,
          {
            callPath: event.callPath ?? "",
            stepId: event.stepId,
            activation: event.activation,
            status: "running",
            outcome: null,
            output: null,
            console: [],
            error: null,
            startedAt: event.at,
            endedAt: null,
          },
        ],
      };
    case "step-finished":
      return withStep(state, event, (step) => ({
        ...step,
        status: "done",
        outcome: event.outcome,
        output: event.output,
        console: event.console ?? [],
        endedAt: event.at,
      }));
    case "step-failed":
      return withStep(state, event, (step) => ({
        ...step,
        status: "failed",
        error: event.error,
        console: event.console ?? [],
        endedAt: event.at,
      }));
    case "modal-shown":
      return { ...state, modalId: event.modalId };
    case "response-written":
      // The first response counts.
      return state.responseStatus === null
        ? { ...state, response: event.response, responseStatus: event.status }
        : state;
    case "run-suspended":
      return { ...state, status: "suspended" };
    case "run-resumed":
      return { ...state, status: "running" };
    case "run-completed":
      return { ...state, status: "completed", endedAt: event.at };
    case "run-failed":
      return { ...state, status: "failed", endedAt: event.at, error: event.error };
    case "run-cancelled":
      return { ...state, status: "cancelled", endedAt: event.at };
  }
}

function withStep(
  state: RunState,
  { callPath = "", stepId, activation }: { callPath?: string; stepId: string; activation: number },
  change: (step: StepRun) => StepRun,
): RunState {
  return {
    ...state,
    steps: state.steps.map((step) =>
      step.stepId === stepId && step.activation === activation && step.callPath === callPath ? change(step) : step,
    ),
  };
}
