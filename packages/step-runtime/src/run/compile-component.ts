import type { Component, Dataflow } from "../component/component-schema.ts";
import { calledBy } from "../component/called-by.ts";
import { dataflowGraph } from "../component/dataflow-graph.ts";
import type { Issue } from "../component/issue.ts";
import { validateComponent } from "../component/validate-component.ts";
import type { StepEffect } from "../ports/engine.ts";
import type { AnyStep } from "../step/define-step.ts";
import type { StepRegistry } from "../step/step-registry.ts";
import { type CompiledJoins, compileJoins } from "./compile-joins.ts";
import { compileSettings, type ResolveSettings } from "./resolve-settings.ts";

/** A component ready to run: made once per version, never in a run. */
export interface CompiledComponent {
  readonly component: Component;
  /**
   * The dataflow with this id; null when there is none.
   *
   * @throws InvalidComponentError when validation found errors in it, or in a dataflow that it calls.
   */
  dataflow(id: string): CompiledDataflow | null;
}

/** A dataflow with its settings as closures and its followers by outcome. */
export interface CompiledDataflow {
  readonly id: string;
  readonly component: Component;
  /** The input steps, in document order. */
  readonly starts: readonly CompiledStep[];
  /** Null when it has no join, which costs its runs nothing. */
  readonly joins: CompiledJoins | null;
  step(id: string): CompiledStep | undefined;
}

/** A step with everything that a run needs of it. */
export interface CompiledStep {
  readonly id: string;
  readonly definition: AnyStep;
  readonly settings: ResolveSettings;
  readonly effect: StepEffect;
  /** Followers by outcome, in document order; each outcome of the step type has an entry. */
  readonly followers: ReadonlyMap<string, readonly CompiledStep[]>;
  /** The dataflow that it runs; null for most. */
  readonly called: CompiledDataflow | null;
}

/** A dataflow that validation refuses; `issues` has every error. */
export class InvalidComponentError extends Error {
  override readonly name = "InvalidComponentError";
  readonly code = "invalid-component";
  readonly issues: readonly Issue[];
  constructor(dataflowId: string, issues: readonly Issue[]) {
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
    super(`Dataflow "${dataflowId}" cannot run: ${issues[0]?.message ?? "it has errors."}${more}`);
    this.issues = issues;
  }
}

/** Prepares a component for running; dataflows are compiled when first asked for. */
export function compileComponent(component: Component, steps: StepRegistry): CompiledComponent {
  const compiled = new Map<string, CompiledDataflow>();
  let errors: readonly Issue[] | undefined;
  const find = (id: string): CompiledDataflow | null => {
    const known = compiled.get(id);
    if (known) return known;
    const dataflow = component.dataflows.find((candidate) => candidate.id === id);
    if (!dataflow) return null;
    errors ??= validateComponent(component, steps).filter(({ severity }) => severity === "error");
    const own = errors.filter(({ dataflowId }) => dataflowId === undefined || dataflowId === id);
    if (own.length > 0) throw new InvalidComponentError(id, own);
    // Validation has found every recursion, so this comes to an end.
    const result = compileDataflow(component, dataflow, { steps, find });
    compiled.set(id, result);
    return result;
  };
  return { component, dataflow: find };
}

function compileDataflow(
  component: Component,
  dataflow: Dataflow,
  { steps, find }: { readonly steps: StepRegistry; readonly find: CompiledComponent["dataflow"] },
): CompiledDataflow {
  const graph = dataflowGraph(dataflow, steps);
  const byId = new Map<string, CompiledStep>();
  const followersOf = new Map<CompiledStep, Map<string, readonly CompiledStep[]>>();
  for (const step of graph.steps) {
    const definition = steps.get(step.type);
    if (!definition) throw new Error(`Step "${step.id}" has unknown type "${step.type}".`);
    const given = step.settings ?? {};
    const settings = compileSettings(given, definition.settings, step.id);
    // Whoever has ports of their own may do anything with them.
    const { effect: declared = definition.ports ? "idempotent" : "pure" } = definition;
    const effect = typeof declared === "function" ? declared(given) : declared;
    const followers = new Map<string, readonly CompiledStep[]>();
    const calledId = calledBy(definition, given);
    const called = calledId === null ? null : find(calledId);
    const compiled: CompiledStep = { id: step.id, definition, settings, effect, followers, called };
    byId.set(step.id, compiled);
    followersOf.set(compiled, followers);
  }
  for (const [step, followers] of followersOf) {
    for (const outcome of Object.keys(step.definition.outcomes)) {
      followers.set(
        outcome,
        graph.followers(step.id, outcome).flatMap(({ id }) => byId.get(id) ?? []),
      );
    }
  }
  const starts = [...byId.values()].filter(({ definition }) => definition.sources === "none");
  return { id: dataflow.id, component, starts, joins: compileJoins(graph), step: (id) => byId.get(id) };
}
