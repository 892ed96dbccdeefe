import type { Component } from "../component/component-schema.ts";
import { maskAddresses } from "../step/mask-addresses.ts";
import { InvalidComponentError } from "./compile-component.ts";
import type { RunError } from "./run-events.ts";

/** A step type's own code runs while a component is checked and compiled: what it throws ends the run, never the process. */
export function startError(thrown: unknown): RunError {
  if (thrown instanceof InvalidComponentError) {
    return { code: thrown.code, message: thrown.message, stepId: thrown.issues[0]?.stepId ?? null };
  }
  const words = thrown instanceof Error ? maskAddresses(thrown.message) : "unknown error";
  return { code: "run-crashed", message: `The run could not start: ${words}`, stepId: null };
}

/** The error of a run whose dataflow its component does not have. */
export function unknownDataflow(component: Component, dataflowId: string): RunError {
  const message = `Component "${component.id}" has no dataflow "${dataflowId}".`;
  return { code: "unknown-dataflow", message, stepId: null };
}
