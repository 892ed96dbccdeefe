import type { Model } from "../step/model.ts";
import { readableSecretKind } from "../step/readable-secret-kind.ts";
import { maskAddresses } from "../step/mask-addresses.ts";
import { StepFailure } from "../step/step-failure.ts";
import type { RunError } from "./run-events.ts";

/** What a run may tell of an error: a step's own words, or only its kind where a foreign message could carry a secret. */
export function toRunError(thrown: unknown, stepId: string, model: Model): RunError {
  if (thrown instanceof StepFailure) {
    return {
      code: thrown.code,
      message: maskAddresses(thrown.message),
      stepId,
      ...(thrown.line === undefined ? {} : { line: thrown.line }),
      ...(thrown.column === undefined ? {} : { column: thrown.column }),
    };
  }
  if (thrown instanceof Error && "code" in thrown && thrown.code === "store-unavailable") {
    const message = `Step "${stepId}" could not reach the database. Nothing was decided; try again in a few seconds.`;
    return { code: "store-unavailable", message, stepId };
  }
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  const words =
    thrown instanceof Error && readableSecretKind(model) === null ? `: ${maskAddresses(thrown.message)}` : "";
  return { code: "step-crashed", message: `Step "${stepId}" failed with ${kind}${words}.`, stepId };
}
