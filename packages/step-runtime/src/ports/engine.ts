import type { Component } from "../component/component-schema.ts";
import type { JsonObject, JsonValue } from "../component/json.ts";
import type { RunError, RunEvent } from "../run/run-events.ts";
import type { RunState } from "../run/run-state.ts";
import type { Caller } from "../step/caller.ts";
import type { ModalView } from "../step/define-step.ts";

/** What the interpreter asks of an engine: to make a step's result durable and to tell what happened. */
export interface StepIO {
  /** Runs `body` once per key, or returns what it returned before. */
  step<T>(
    key: StepKey,
    body: (call: StepCall) => T | Promise<T>,
    effect: "pure" | "idempotent" | "once",
  ): T | Promise<T>;
  /** Redacted already; buffered and written with the step's record. */
  emit(event: RunEvent): void;
}

/** A step and how many times it ran; never its position in the document. */
export interface StepKey {
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

/** Drives runs. */
export interface Engine {
  /** `created` is false when the run exists already. */
  start(run: StartRun): Promise<{ created: boolean }>;
  cancel(runId: string): Promise<void>;
  /** Null for an unknown run. */
  get(runId: string): Promise<RunView | null>;
  /** The events after `after`, live until the run ends; a reader resumes by `seq`. */
  events(runId: string, after?: number, signal?: AbortSignal): AsyncIterable<SequencedRunEvent>;
  close(): Promise<void>;
}

/** An event with its place in the run, from 1. */
export type SequencedRunEvent = RunEvent & { readonly seq: number };

/** One message that a run sent, for test mode and the inspector. */
export type RunMessage = JsonObject;

/** A run as its owner sees it. Secrets are masked, but for issued ones in test mode. */
export interface RunView {
  readonly runId: string;
  readonly componentId: string;
  readonly dataflowId: string;
  readonly caller: Caller;
  readonly state: RunState;
  /** Present once the run is over. */
  readonly result: RunResult | null;
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
