import { type ChallengeRow, type ChallengeTable, rowKey, slotKey, subjectKey } from "./challenge-table.ts";

const keptMs = 24 * 3_600_000;
const batch = 100;

/**
 * Forgets challenges and attempts a day after they were over, at most a batch of each: until then a repeated call gets
 * the answer it got before, and after that nobody repeats it.
 */
export function forgetEnded(table: ChallengeTable, atMs: number): void {
  // Both maps hold the oldest first; a lifetime is ten minutes at most, so that one that is not due yet hides little.
  for (const row of due(table.byId.values(), ({ expiresAtMs }) => expiresAtMs, atMs)) forgetChallenge(table, row);
  for (const [key] of due(table.attempts.entries(), ([, { overAtMs }]) => overAtMs, atMs)) table.attempts.delete(key);
}

function due<Row>(rows: Iterable<Row>, overAtMs: (row: Row) => number, atMs: number): readonly Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    if (found.length === batch || atMs < overAtMs(row) + keptMs) break;
    found.push(row);
  }
  return found;
}

function forgetChallenge(table: ChallengeTable, row: ChallengeRow): void {
  table.byId.delete(rowKey(row.tenant, row.challengeId));
  table.byIdempotencyKey.delete(rowKey(row.tenant, row.idempotencyKey));
  if (table.newestInSlot.get(slotKey(row)) === row) table.newestInSlot.delete(slotKey(row));
  leaveOut(table.activeBySubject, subjectKey(row), row);
  leaveOut(table.byRun, rowKey(row.tenant, row.runId), row);
}

function leaveOut(index: Map<string, ChallengeRow[]>, key: string, row: ChallengeRow): void {
  const rest = (index.get(key) ?? []).filter((other) => other !== row);
  if (rest.length === 0) index.delete(key);
  else index.set(key, rest);
}
