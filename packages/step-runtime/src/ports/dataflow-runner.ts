import type { Component } from "../component/component-schema.ts";
import type { JsonObject } from "../component/json.ts";
import type { RunEvent } from "../run/run-events.ts";
import type { AnswerReceipt, RunAnswer, RunMessage, RunQuestion, RunResult } from "./engine.ts";

/** Runs one dataflow for a page or preview: in the browser (`createBrowserRun`) or on a server. Calls of one runner share a session. */
export interface DataflowRunner {
  run(request: DataflowRunRequest): Promise<RunResult>;
}

/** Which dataflow to run, over which component, with which values of definitions. */
export interface DataflowRunRequest {
  readonly component: Component;
  readonly dataflowId: string;
  readonly input: JsonObject;
  /** Called for each event while the run goes on. */
  readonly onEvent?: (event: RunEvent) => void;
  /**
   * Called with the messages that the run sent so far, each time it waits; its result has them all. Only of a runner that
   * shows messages instead of sending them.
   */
  readonly onMessages?: (messages: readonly RunMessage[]) => void;
  /** Called each time the run waits for a person, with the way to answer; `run` resolves only when the run is over. */
  readonly onQuestion?: (question: RunQuestion, answer: AnswerQuestion) => void;
  readonly signal?: AbortSignal;
}

/** Answers one question; rejects when the answer could not be brought, so that it may be tried again with the same `answerId`. */
export type AnswerQuestion = (answer: Omit<RunAnswer, "ipClass">) => Promise<AnswerReceipt>;
