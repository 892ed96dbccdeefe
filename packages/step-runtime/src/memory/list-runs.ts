import type { RunQuery, RunSummary } from "../ports/engine.ts";
import type { MemoryRun } from "./memory-run.ts";

/** The runs that a query asks for, the newest first. */
export function listRuns(
  runs: Iterable<MemoryRun>,
  { before, limit = 50, fromMs = -Infinity, toMs = Infinity, ...equal }: RunQuery,
): readonly RunSummary[] {
  const newestFirst = [...runs].toSorted((left, right) => right.number - left.number);
  const start = before === undefined ? 0 : newestFirst.findIndex(({ start: { runId } }) => runId === before) + 1;
  if (before !== undefined && start === 0) return [];
  const found: RunSummary[] = [];
  for (const run of newestFirst.slice(start)) {
    if (found.length === limit) break;
    const summary = run.summary();
    const { startedAt } = summary;
    const fits = keys.every((key) => equal[key] === undefined || equal[key] === summary[key]);
    if (fits && startedAt >= fromMs && startedAt < toMs) found.push(summary);
  }
  return found;
}

const keys = ["componentId", "dataflowId", "clientId", "userId", "status"] as const;
