import type { DataflowEntity } from "../store/flow-document.ts";

/** The place one up or down from a step, over the border of its stage; null at the ends. */
export function outlineMove(
  dataflow: DataflowEntity,
  stageKey: string,
  index: number,
  by: 1 | -1,
): { readonly stageKey: string; readonly index: number } | null {
  const count = dataflow.stages[stageKey]?.stepKeys.length ?? 0;
  const within = index + by;
  if (within >= 0 && within < count) return { stageKey, index: within };
  const next = dataflow.stageKeys[dataflow.stageKeys.indexOf(stageKey) + by];
  if (next === undefined) return null;
  return { stageKey: next, index: by > 0 ? 0 : (dataflow.stages[next]?.stepKeys.length ?? 0) };
}
