import type { Component } from "./component-schema.ts";
import type { Issue } from "./issue.ts";
import { createCallGraph } from "./rules/call-graph.ts";
import { checkCalls } from "./rules/check-calls.ts";
import { checkDocument } from "./rules/check-document.ts";
import { checkForks } from "./rules/check-forks.ts";
import { checkIds } from "./rules/check-ids.ts";
import { checkLoops } from "./rules/check-loops.ts";
import { checkPaths } from "./rules/check-paths.ts";
import { checkProofs } from "./rules/check-proofs.ts";
import { checkReachability } from "./rules/check-reachability.ts";
import { checkReferences } from "./rules/check-references.ts";
import { checkResponses } from "./rules/check-responses.ts";
import { checkSettings } from "./rules/check-settings.ts";
import { checkSources } from "./rules/check-sources.ts";
import { checkTypes } from "./rules/check-types.ts";
import { checkUserNames } from "./rules/check-user-names.ts";
import { type DataflowScope, dataflowScope } from "./rules/dataflow-scope.ts";
import type { StepTypes } from "./step-type.ts";
import { createSuggest } from "./suggest.ts";
import type { TextPosition } from "./text-position.ts";

/** What {@link validateComponent} can be told. */
export interface ValidateComponentOptions {
  /** Gives issues their line and column: the `locate` of `parseComponent`. */
  readonly locate?: (pointer: string) => TextPosition | null;
}

const dataflowRules: readonly ((scope: DataflowScope) => void)[] = [
  checkIds,
  checkTypes,
  checkSources,
  checkSettings,
  checkReferences,
  checkCalls,
  checkPaths,
  checkUserNames,
  checkReachability,
  checkLoops,
  checkForks,
  checkResponses,
  checkProofs,
];

/**
 * Checks a component against the step types it may use, and finds every problem at once. Issues come in document order;
 * a component without errors runs.
 */
export function validateComponent(
  component: Component,
  stepTypes: StepTypes,
  { locate }: ValidateComponentOptions = {},
): Issue[] {
  const issues: Issue[] = [];
  const suggest = createSuggest();
  const calls = createCallGraph(component, stepTypes);
  checkDocument(component, suggest, (issue) => issues.push(issue));
  for (const [index, dataflow] of component.dataflows.entries()) {
    const found: { readonly issue: Issue; readonly stepIndex: number }[] = [];
    const scope = dataflowScope(component, index, dataflow, {
      stepTypes,
      suggest,
      calls,
      emit: (issue, stepIndex) => found.push({ issue, stepIndex }),
    });
    for (const check of dataflowRules) check(scope);
    found.sort((a, b) => a.stepIndex - b.stepIndex);
    for (const { issue } of found) issues.push(issue);
  }
  return locate ? issues.map((issue) => ({ ...issue, ...locate(issue.pointer) })) : issues;
}
