import type { StepTypes } from "@onceflow/step-runtime";
import { dataflowLinks, stepOrder } from "../store/dataflow-links.ts";
import type { DataflowEntity } from "../store/flow-document.ts";

/** The arrow keys of the canvas. */
export type Arrow = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** The step that an arrow key leads to: down to the follower, up to the source, sideways among the followers of one source. */
export function walkConnections(
  dataflow: DataflowEntity,
  steps: StepTypes,
  from: string | null,
  arrow: Arrow,
): string | null {
  const order = stepOrder(dataflow);
  if (from === null || !dataflow.steps[from]) return order[0] ?? null;
  const links = dataflowLinks(dataflow, steps);
  const at = order.indexOf(from);
  const followers = (key: string) => {
    const main = links.filter((link) => link.source.stepId === key && link.source.outcome === null);
    const side = links.filter((link) => link.source.stepId === key && link.source.outcome !== null);
    return [...new Set([...main, ...side].map((link) => link.targetKey))];
  };
  const sources = links.filter((link) => link.targetKey === from).map((link) => link.source.stepId);
  // A step that nothing leads to is still to be reached: its neighbours in the document stand in.
  if (arrow === "ArrowDown") return followers(from)[0] ?? order[at + 1] ?? null;
  if (arrow === "ArrowUp") return sources[0] ?? order[at - 1] ?? null;
  const siblings = [...new Set(sources.flatMap(followers))];
  return siblings[siblings.indexOf(from) + (arrow === "ArrowRight" ? 1 : -1)] ?? null;
}
