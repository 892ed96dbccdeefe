import { type ChallengeRow, type ChallengeTable, rowKey, slotKey, subjectKey } from "./challenge-table.ts";

const keptMs = 24 * 3_600_000;
// The longest window of a budget.
const longestMs = 7 * keptMs;

/**
 * Forgets challenges, attempts and answers a day after they were over, at most a batch of each: until then a repeated
 * call gets the answer it got before, and after that nobody repeats it. Tells how many of the most frequent kind went.
 */
export function forgetEnded(table: ChallengeTable, atMs: number, batch: number): number {
  // The maps hold the oldest first; a lifetime is ten minutes at most, so that one that is not due yet hides little.
  const challenges = due(table.byId.values(), ({ expiresAtMs }) => expiresAtMs + keptMs, atMs, batch);
  for (const row of challenges) forgetChallenge(table, row);
  const issues = due(table.issues.entries(), ([, { challenge }]) => challenge.expiresAtMs + keptMs, atMs, batch);
  for (const [key] of issues) table.issues.delete(key);
  const attempts = due(table.attempts.entries(), ([, { overAtMs }]) => overAtMs + keptMs, atMs, batch);
  for (const [key] of attempts) table.attempts.delete(key);
  const budgets = due(table.budgets.entries(), ([, hits]) => (hits.at(-1) ?? 0) + longestMs, atMs, batch);
  for (const [key] of budgets) table.budgets.delete(key);
  return Math.max(challenges.length, issues.length, attempts.length, budgets.length);
}

function due<Row>(rows: Iterable<Row>, dueAtMs: (row: Row) => number, atMs: number, batch: number): readonly Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    if (found.length === batch || atMs < dueAtMs(row)) break;
    found.push(row);
  }
  return found;
}

function forgetChallenge(table: ChallengeTable, row: ChallengeRow): void {
  table.byId.delete(rowKey(row.tenant, row.challengeId));
  if (table.newestInSlot.get(slotKey(row)) === row) table.newestInSlot.delete(slotKey(row));
  leaveOut(table.activeBySubject, subjectKey(row), row);
  leaveOut(table.byRun, rowKey(row.tenant, row.runId), row);
}

function leaveOut(index: Map<string, ChallengeRow[]>, key: string, row: ChallengeRow): void {
  const rest = (index.get(key) ?? []).filter((other) => other !== row);
  if (rest.length === 0) index.delete(key);
  else index.set(key, rest);
}
