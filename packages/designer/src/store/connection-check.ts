import type { StepTypes } from "@onceflow/step-runtime";
import type { MessageId } from "../locales/message-id.ts";
import { dataflowLinks, type Link } from "./dataflow-links.ts";
import type { DataflowEntity } from "./flow-document.ts";
import { canonicalSource, sameSource, type SourceRef } from "./source-ref.ts";

/** Why a connection may not be drawn, as a message; null when it may. */
export function connectionRefusal(
  dataflow: DataflowEntity,
  steps: StepTypes,
  source: SourceRef,
  targetKey: string,
): Extract<MessageId, `connect.${string}`> | null {
  if (source.stepId === targetKey) return "connect.self";
  if (steps.get(dataflow.steps[targetKey]?.type ?? "")?.sources === "none") return "connect.input";
  const wanted = canonicalSource(steps, dataflow, source);
  const links = dataflowLinks(dataflow, steps);
  if (links.some((link) => link.targetKey === targetKey && sameSource(link.source, wanted))) return "connect.duplicate";
  if (closesLoopWithoutWait(dataflow, steps, [...links, { source: wanted, targetKey }], wanted.stepId, targetKey)) {
    return "connect.loop";
  }
  return null;
}

/** Whether the target reaches the source again by connections none of which waits for a person. */
function closesLoopWithoutWait(
  dataflow: DataflowEntity,
  steps: StepTypes,
  links: readonly Link[],
  from: string,
  to: string,
): boolean {
  const next = new Map<string, string[]>();
  for (const link of links) {
    if (waits(dataflow, steps, link.source)) continue;
    next.set(link.source.stepId, [...(next.get(link.source.stepId) ?? []), link.targetKey]);
  }
  if (!next.get(from)?.includes(to)) return false;
  const seen = new Set<string>();
  const open = [to];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === from) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(next.get(key) ?? []));
  }
  return false;
}

function waits(dataflow: DataflowEntity, steps: StepTypes, source: SourceRef): boolean {
  const outcomes = steps.get(dataflow.steps[source.stepId]?.type ?? "")?.outcomes ?? {};
  return outcomes[source.outcome ?? Object.keys(outcomes)[0] ?? ""]?.waits === true;
}
