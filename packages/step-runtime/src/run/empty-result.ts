import type { RunResult } from "../ports/engine.ts";

/** What a run comes to that has nothing to say; its status says how it ended. */
export const emptyResult: Omit<RunResult, "status"> = {
  response: null,
  responseStatus: null,
  definitions: {},
  modal: null,
  messages: [],
  error: null,
};
