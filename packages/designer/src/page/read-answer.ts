import type { JsonObject, JsonValue, RunError, RunResult } from "@onceflow/step-runtime";

/** What a run's result means to the person who pressed the button. */
export type Answer =
  | { readonly kind: "confirmed" }
  | { readonly kind: "wrong-code"; readonly retryAt: string | null }
  | { readonly kind: "dead-code" }
  /** The modal said it already. */
  | { readonly kind: "shown" }
  | { readonly kind: "response"; readonly value: JsonValue; readonly status: number }
  | { readonly kind: "failed"; readonly error: RunError | null }
  | { readonly kind: "cancelled" };

/** Reads a result; a response with a yes-or-no `confirmed` is the answer to a code. */
export function readAnswer(result: RunResult): Answer {
  if (result.status === "failed") return { kind: "failed", error: result.error };
  if (result.status === "cancelled") return { kind: "cancelled" };
  const { response } = result;
  if (isObject(response) && typeof response["confirmed"] === "boolean") {
    if (response["confirmed"]) return { kind: "confirmed" };
    if (response["retryable"] !== true) return { kind: "dead-code" };
    const retryAt = response["retryAt"];
    return { kind: "wrong-code", retryAt: typeof retryAt === "string" ? retryAt : null };
  }
  if (result.modal) return { kind: "shown" };
  return { kind: "response", value: response, status: result.responseStatus ?? 200 };
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
