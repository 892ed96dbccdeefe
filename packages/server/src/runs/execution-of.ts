import type { RunError, RunView } from "@onceflow/step-runtime";
import type { Execution } from "./run-schema.ts";

/** What execute answers about a run: exactly these fields, absent ones left out. */
export function executionOf({ runId, result, question }: RunView): Execution {
  if (question !== null) {
    const { modal, token, fields, deadline, definitions } = question;
    return {
      runId,
      status: "suspended",
      definitions: { ...definitions },
      modal: { ...modal, controls: [...modal.controls], token, fields: [...fields], deadline },
    };
  }
  if (result === null) return { runId, status: "running" };
  return {
    runId,
    status: result.status,
    // A response may well be null; its status tells whether there was one.
    ...(result.responseStatus === null ? {} : { response: result.response, responseStatus: result.responseStatus }),
    definitions: { ...result.definitions },
    ...(result.modal === null ? {} : { modal: { ...result.modal, controls: [...result.modal.controls] } }),
    ...(result.error === null ? {} : { error: errorOf(result.error) }),
  };
}

/** An error without what belongs to the designer only. */
export function errorOf({ code, message, stepId }: RunError): NonNullable<Execution["error"]> {
  return { code, message, stepId };
}
