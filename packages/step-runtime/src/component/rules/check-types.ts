import type { DataflowScope } from "./dataflow-scope.ts";
import { didYouMean } from "./did-you-mean.ts";

/** Steps of types that are not registered. */
export function checkTypes({ places, stepTypes, suggest, report }: DataflowScope): void {
  const known = stepTypes.list().map(({ type }) => type);
  for (const place of places) {
    if (place.type) continue;
    const { id, type } = place.step;
    const { hint, fixes } = didYouMean(suggest, type, known);
    const message = `Step "${id}" has unknown type "${type}".${hint} Register it in createStepRegistry([...]).`;
    report({ code: "unknown-step-type", message, at: ["type"], ...(fixes ? { fixes } : {}) }, place);
  }
}
