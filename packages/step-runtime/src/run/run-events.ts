import type { JsonObject, JsonValue } from "../component/json.ts";
import type { ScriptConsoleLine } from "../ports/script-runner.ts";

/** Why a run failed. Never a code, token or address in the message. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly stepId: string | null;
  /** In the script's own text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Where a step belongs that another dataflow than the run's own has. */
interface Called {
  /** `step/activation` of each step that called a dataflow on the way, joined by `/`. Left out: the run's own dataflow. */
  readonly callPath?: string;
}

/** A fact about a run. Secrets are `••••••` and addresses are masked; `at` is in milliseconds since 1970. */
export type RunEvent =
  | { readonly type: "run-started"; readonly runId: string; readonly dataflowId: string; readonly at: number }
  | (Called & {
      readonly type: "step-started";
      readonly stepId: string;
      readonly activation: number;
      readonly at: number;
    })
  | (Called & {
      readonly type: "step-finished";
      readonly stepId: string;
      readonly activation: number;
      readonly outcome: string;
      /** What the step added to the model. */
      readonly output: JsonObject;
      readonly console?: readonly ScriptConsoleLine[];
      readonly at: number;
    })
  | (Called & {
      readonly type: "step-failed";
      readonly stepId: string;
      readonly activation: number;
      readonly error: RunError;
      readonly console?: readonly ScriptConsoleLine[];
      readonly at: number;
    })
  | (Called & {
      readonly type: "modal-shown";
      readonly stepId: string;
      readonly modalId: string;
      readonly at: number;
    })
  /** Of the run's own dataflow: that of a called one is what its step stores. */
  | {
      readonly type: "response-written";
      readonly stepId: string;
      readonly status: number;
      readonly response: JsonValue;
      readonly at: number;
    }
  /** The run waits for a person; `deadline` is when it goes on by `timeout`. */
  | {
      readonly type: "run-suspended";
      readonly stepId: string;
      readonly activation: number;
      readonly modalId: string;
      readonly deadline: number | null;
      readonly at: number;
    }
  /** Somebody answered, or nobody did in time. */
  | {
      readonly type: "run-resumed";
      readonly stepId: string;
      readonly activation: number;
      readonly outcome: string;
      readonly at: number;
    }
  | { readonly type: "run-completed"; readonly at: number }
  | { readonly type: "run-failed"; readonly error: RunError; readonly at: number }
  | { readonly type: "run-cancelled"; readonly at: number };
