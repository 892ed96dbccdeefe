import { StepFailure } from "@onceflow/step-runtime";

/** What the journal keeps of a step: it came to something, it failed, or it was cancelled. */
export type RecordedStep =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "failure"; readonly failure: RecordedFailure }
  | { readonly kind: "cancelled" };

/** An error as far as a run tells of it. */
interface RecordedFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly line?: number;
  readonly column?: number;
  readonly console?: StepFailure["console"];
}

export function recordFailure(thrown: unknown): RecordedStep {
  return { kind: "failure", failure: failureOf(thrown) };
}

function failureOf(thrown: unknown): RecordedFailure {
  if (thrown instanceof StepFailure) {
    const { name, message, code, line, column, console } = thrown;
    return {
      name,
      message,
      code,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
      console,
    };
  }
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: "it says no more" };
  const { name, message } = thrown;
  return "code" in thrown && typeof thrown.code === "string" ? { name, message, code: thrown.code } : { name, message };
}

/** The error again, so that a repeated run tells the same. */
export function revive({ name, message, code, ...place }: RecordedFailure): Error {
  if (name === "StepFailure" && code !== undefined) return new StepFailure(code, message, place);
  return Object.assign(new Error(message), code === undefined ? { name } : { name, code });
}
