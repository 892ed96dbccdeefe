import type { Component } from "../component/component-schema.ts";
import type { JsonObject, JsonValue } from "../component/json.ts";
import type { RunError, RunEvent } from "../run/run-events.ts";
import type { RunState } from "../run/run-state.ts";
import type { Caller } from "../step/caller.ts";
import type { ModalView } from "../step/define-step.ts";

/**
 * What a step does to the world when a crash lets it run again: nothing (`pure`: it may run again at any time until the
 * run has got further), the same as before (`idempotent`, by its idempotency key), or what must not happen twice (`once`:
 * the run fails instead).
 */
export type StepEffect = "pure" | "idempotent" | "once";

/** What the interpreter asks of an engine: to make a step's result durable and to tell what happened. */
export interface StepIO {
  /** Runs `body` once per key, or returns what it returned before. */
  step<T>(key: StepKey, body: (call: StepCall) => T | Promise<T>, effect: StepEffect): T | Promise<T>;
  /** Redacted already; buffered and written with the step's record. */
  emit(event: RunEvent): void;
}

/** A step, how many times it ran, and on behalf of which steps; never its position in the document. */
export interface StepKey {
  /** `step/activation` of each step that called a dataflow on the way, joined by `/`; empty in the run's own dataflow. */
  readonly callPath: string;
  readonly stepId: string;
  readonly activation: number;
}

/** What is recorded with a step's result. */
export interface StepCall {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly uuid: string;
  readonly signal: AbortSignal;
}

/** A request to run one dataflow of a component. */
export interface StartRun {
  readonly runId: string;
  /** Snapshotted into the run: publishing never changes a live run. */
  readonly component: Component;
  readonly dataflowId: string;
  /** Values of definitions. */
  readonly input: JsonObject;
  readonly caller: Caller;
}

/** What a person said to a modal that asks. */
export interface RunAnswer {
  /** @default "answered" */
  readonly outcome?: "answered" | "resend" | "dismissed";
  /** Values of the definitions that the modal's fields ask for. */
  readonly value?: JsonObject;
  /** Made by whoever answers: the same answer sent twice is taken once. */
  readonly answerId: string;
  /** The network of the request that brings the answer. */
  readonly ipClass: string | null;
}

/**
 * What became of an answer. `accepted`: the run goes on. `duplicate`: this answer was accepted before. `expired`: another
 * answer, the timeout or the end of the run came first. `unknown`: no such run or token. `invalid`: a value is undefined
 * or has the wrong type; the token is not used up.
 */
export type AnswerReceipt =
  | { readonly status: "accepted" | "duplicate" | "expired" | "unknown" }
  | { readonly status: "invalid"; readonly message: string };

/** Drives runs. */
export interface Engine {
  /** `created` is false when the run exists already. */
  start(run: StartRun): Promise<{ created: boolean }>;
  /** Answers the question that a run waits with; the first of answer, timeout and cancel wins. */
  answer(runId: string, token: string, answer: RunAnswer): Promise<AnswerReceipt>;
  cancel(runId: string): Promise<void>;
  /** Null for an unknown run. */
  get(runId: string): Promise<RunView | null>;
  /** The runs there are, the newest first. */
  list(query?: RunQuery): Promise<readonly RunSummary[]>;
  /** The events after `after`, live until the run ends, also over its waits; a reader resumes by `seq`. */
  events(runId: string, after?: number, signal?: AbortSignal): AsyncIterable<SequencedRunEvent>;
  /** Ends the engine. One that is durable gives its running steps `drainMs` to finish; the next engine goes on with the rest. */
  close(options?: { readonly drainMs?: number }): Promise<void>;
}

/** Which runs to list; what is left out may be anything. */
export interface RunQuery {
  readonly componentId?: string;
  readonly dataflowId?: string;
  readonly clientId?: string;
  readonly userId?: string;
  readonly status?: RunState["status"];
  /** Started then or later, milliseconds since 1970. */
  readonly fromMs?: number;
  /** Started earlier. */
  readonly toMs?: number;
  /** The id of the last run of the page before. */
  readonly before?: string;
  /** @default 50 */
  readonly limit?: number;
}

/** One line of a list of runs: nothing of what they hold. */
export interface RunSummary {
  readonly runId: string;
  readonly componentId: string;
  readonly dataflowId: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly status: RunState["status"];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** An event with its place in the run, from 1. */
export type SequencedRunEvent = RunEvent & { readonly seq: number };

/** One message that a run sent, for test mode and the inspector: as rendered, the address masked, the code too outside test mode. */
export type RunMessage = {
  readonly stepId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** A run as its owner sees it. Secrets are masked, but for issued ones in test mode. */
export interface RunView {
  readonly runId: string;
  readonly componentId: string;
  readonly dataflowId: string;
  readonly caller: Caller;
  readonly state: RunState;
  /** What the run waits for; null while it goes on and once it is over. */
  readonly question: RunQuestion | null;
  /** Present once the run is over. */
  readonly result: RunResult | null;
}

/** A modal that asks, and the way to answer it. */
export interface RunQuestion {
  /** Belongs to this one question; opens nothing without the run's session or run token. */
  readonly token: string;
  readonly stepId: string;
  /** Its values resolved; issued secrets read as their digits in test mode only. */
  readonly modal: ModalView;
  /** The definitions that may be answered. */
  readonly fields: readonly string[];
  /** When the wait ends by `timeout`, milliseconds since 1970; null: never. */
  readonly deadline: number | null;
  /** The definitions as they stand; entered secrets are masked. */
  readonly definitions: JsonObject;
}

/** How a run ended. */
export interface RunResult {
  readonly status: "completed" | "failed" | "cancelled";
  readonly response: JsonValue;
  readonly responseStatus: number | null;
  readonly definitions: JsonObject;
  /** The last modal that was shown. */
  readonly modal: ModalView | null;
  readonly messages: readonly RunMessage[];
  readonly error: RunError | null;
}
