import type { Challenge } from "../store/challenge.ts";
import type { OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import type { IssueChallengeRequest } from "../store/one-time-code-store.ts";
import {
  type ChallengeRow,
  type ChallengeTable,
  endChallenge,
  isLive,
  rowKey,
  slotKey,
  subjectKey,
  viewChallenge,
} from "./challenge-table.ts";
import { forgetEnded } from "./forget-ended.ts";

/** The issue of the in-memory store, run while nothing else changes the table. */
export function issueChallenge(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  atMs: number,
  audit: (event: OneTimeCodeAuditEvent) => void,
): Challenge {
  forgetEnded(table, atMs);
  const key = rowKey(request.tenant, request.idempotencyKey);
  const row = table.byIdempotencyKey.get(key) ?? insert(table, request, atMs, audit);
  const challenge = viewChallenge(row, atMs);
  if (request.reveal && challenge.sealed !== null) audit({ ...auditFacts(row, atMs), event: "test_code_revealed" });
  return challenge;
}

/** The facts that every audit event about a row tells. */
export function auditFacts(row: ChallengeRow, atMs: number) {
  const { tenant, userId, clientId, purpose, runId, stepId, challengeId } = row;
  return { atMs, tenant, userId, clientId, purpose, runId, stepId, challengeId };
}

function insert(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  atMs: number,
  audit: (event: OneTimeCodeAuditEvent) => void,
): ChallengeRow {
  const { lifetimeSeconds, maxActive, reveal: _reveal, ...facts } = request;
  const previous = table.newestInSlot.get(slotKey(request));
  const attempts = previous === undefined ? 0 : attemptsLeftBehind(previous, atMs);
  const locked = attempts >= request.maxAttempts;
  const row: ChallengeRow = {
    ...facts,
    state: locked ? "locked" : "active",
    sealed: locked ? null : request.sealed,
    attempts,
    createdAtMs: atMs,
    expiresAtMs: atMs + lifetimeSeconds * 1000,
  };
  if (previous !== undefined) supersede(previous, row, atMs, audit);
  const others = (table.activeBySubject.get(subjectKey(row)) ?? []).filter((other) => isLive(other, atMs));
  const surplus = others.splice(0, Math.max(0, others.length + 1 - maxActive));
  for (const oldest of surplus) supersede(oldest, row, atMs, audit);

  table.byId.set(rowKey(row.tenant, row.challengeId), row);
  table.byIdempotencyKey.set(rowKey(row.tenant, row.idempotencyKey), row);
  table.newestInSlot.set(slotKey(row), row);
  table.activeBySubject.set(subjectKey(row), [...others, row]);
  const runKey = rowKey(row.tenant, row.runId);
  table.byRun.set(runKey, [...(table.byRun.get(runKey) ?? []), row]);

  audit({ ...auditFacts(row, atMs), event: "issued", decoy: row.decoy });
  if (locked) audit({ ...auditFacts(row, atMs), event: "locked", attemptNumber: attempts });
  return row;
}

/** A new code must not buy new guesses, whatever ended the old one, unless the old one was confirmed or is over. */
function attemptsLeftBehind(previous: ChallengeRow, atMs: number): number {
  return previous.state === "confirmed" || atMs >= previous.expiresAtMs ? 0 : previous.attempts;
}

function supersede(
  old: ChallengeRow,
  by: ChallengeRow,
  atMs: number,
  audit: (event: OneTimeCodeAuditEvent) => void,
): void {
  if (isLive(old, atMs)) {
    endChallenge(old, "superseded");
    audit({ ...auditFacts(old, atMs), event: "superseded", by: by.challengeId });
  } else if (old.state === "active") {
    endChallenge(old, "expired");
  }
}
