import type { StepType } from "./step-type.ts";

/** The dataflow that a step calls, if its type says so. */
export function calledBy(type: StepType | undefined, settings: Readonly<Record<string, unknown>>): string | null {
  try {
    return type?.calls?.(settings) ?? null;
  } catch {
    // The settings are broken, which check-settings reports.
    return null;
  }
}
