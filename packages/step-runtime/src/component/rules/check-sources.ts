import type { DanglingSource } from "../dataflow-graph.ts";
import { parseSource, printSource } from "../source-reference.ts";
import { stepOutcomes } from "../step-outcomes.ts";
import type { DataflowScope, Problem } from "./dataflow-scope.ts";
import { didYouMean } from "./did-you-mean.ts";

/** Sources that lead nowhere, are missing, or stand where none may be. */
export function checkSources(scope: DataflowScope): void {
  for (const place of scope.vertices) {
    const { id, sources = [] } = place.step;
    if (!place.type) continue;
    if (place.type.sources === "none" && sources.length > 0) {
      const message = `Step "${id}" starts the dataflow and follows no other step. Remove its sources.`;
      scope.report({ code: "input-with-sources", message, at: ["sources"], fixes: ['Remove "sources".'] }, place);
    }
    if (place.type.sources !== "none" && sources.length === 0) {
      const message = `Step "${id}" follows no other step, so it never runs. Connect it to an earlier step.`;
      scope.report({ code: "missing-sources", message }, place);
    }
  }
  const stepIds = scope.vertices.map(({ step }) => step.id);
  for (const dangling of scope.graph.dangling) {
    const place = scope.vertices[scope.vertexOf(dangling.target)];
    if (place) scope.report({ ...explain(dangling, stepIds, scope), at: ["sources", dangling.sourceIndex] }, place);
  }
}

function explain(
  { target, source, reason }: DanglingSource,
  stepIds: readonly string[],
  scope: DataflowScope,
): Problem {
  const reference = parseSource(source);
  if (reason === "malformed" || !reference) {
    const message = `Step "${target}" has the source "${source}", which is not a source. Write "step" or "step.outcome".`;
    return { code: "invalid-source", message };
  }
  if (reason === "duplicate") {
    const message = `Step "${target}" has the source "${source}" twice, so it would run twice. Remove one of them.`;
    return { code: "duplicate-source", message, fixes: ["Remove one of them."] };
  }
  const { stepId, outcome } = reference;
  if (reason === "unknown-step") {
    const { hint, suggestion } = didYouMean(scope.suggest, stepId, stepIds);
    const message = `Step "${target}" follows step "${stepId}", which does not exist.${hint || " Remove the source, or add the step."}`;
    return {
      code: "dangling-source",
      message,
      ...fixTo(source, suggestion && printSource({ stepId: suggestion, outcome })),
    };
  }
  const place = scope.vertices[scope.vertexOf(stepId)];
  const outcomes = place?.type ? stepOutcomes(place.step, place.type) : [];
  if (outcomes.length === 0) {
    const message = `Step "${target}" follows step "${stepId}", which ends its path and has no outcomes. Follow an earlier step.`;
    return { code: "dangling-outcome", message };
  }
  const { hint, suggestion } = didYouMean(scope.suggest, outcome ?? "", outcomes);
  const known = ` It has ${outcomes.map((name) => `"${name}"`).join(", ")}.`;
  const message = `Step "${target}" follows outcome "${outcome ?? ""}" of step "${stepId}", which has no such outcome.${hint || known}`;
  return {
    code: "dangling-outcome",
    message,
    ...fixTo(source, suggestion && printSource({ stepId, outcome: suggestion })),
  };
}

function fixTo(source: string, replacement: string | null): { readonly fixes?: readonly string[] } {
  return replacement === null ? {} : { fixes: [`Replace "${source}" by "${replacement}".`] };
}
