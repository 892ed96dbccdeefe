import { attemptFingerprint, challengeMac } from "../binding/challenge-mac.ts";
import type { BudgetScope, ConfirmFailure, OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import type { ChallengeConfirmation, ConfirmChallengeRequest } from "../store/one-time-code-store.ts";
import { budgetKey } from "./budget-key.ts";
import { type ChallengeRow, type ChallengeTable, endChallenge, isLive, rowKey, slotKey } from "./challenge-table.ts";
import { clientFullUntil, clientKey, spendClient } from "./client-window.ts";
import { auditFacts } from "./issue-challenge.ts";
import { appendHit, failureWaitUntil, windowFullUntil } from "./rolling-window.ts";

/** The confirm of the in-memory store, run while nothing else changes the table. */
export function confirmChallenge(
  table: ChallengeTable,
  request: ConfirmChallengeRequest,
  now: () => number,
  audit: (event: OneTimeCodeAuditEvent) => void,
): ChallengeConfirmation {
  const { tenant, clientId, purpose, runId, stepId, userId, ipClass, attemptId, digests, policy } = request;
  const caller = { tenant, userId, clientId, purpose, runId, stepId, ipClass };

  const attemptKey = rowKey(tenant, attemptId);
  const recorded = table.attempts.get(attemptKey);
  if (recorded !== undefined) {
    const again = digests.find(({ kid }) => kid === recorded.kid);
    if (again && sameBytes(attemptFingerprint(request, again.digest), recorded.fingerprint)) {
      return recorded.answer;
    }
    audit({
      ...caller,
      atMs: now(),
      challengeId: null,
      event: "confirm_failed",
      reason: "attempt_reused",
      attemptNumber: null,
    });
    return { outcome: "refused" };
  }

  const { kid, digest } = digests[0];
  const fingerprint = attemptFingerprint(request, digest);
  const row = findChallenge(table, request);
  const typed = digests.find((candidate) => candidate.kid === row?.kid);
  const typedMac = row && typed ? challengeMac(row.challengeId, row.userId, typed.digest) : null;
  const atMs = now();
  const exhausted: BudgetScope[] = [];
  const answer = decide();
  for (const scope of exhausted) {
    const whose = scope === "failures" ? (row?.userId ?? null) : userId;
    audit({ ...caller, userId: whose, atMs, challengeId: row?.challengeId ?? null, event: "budget_exhausted", scope });
  }
  table.attempts.set(attemptKey, { kid, fingerprint, answer, overAtMs: Math.max(atMs, row?.expiresAtMs ?? 0) });
  return answer;

  function decide(): ChallengeConfirmation {
    const full = debitCaller();
    if (full !== null) return fail(full.reason, { outcome: "rejected", retryAtMs: full.retryAtMs });
    if (row === undefined) return fail("unknown");
    const obstacle = findObstacle(row, request, atMs);
    if (obstacle === "expired") endChallenge(row, "expired");
    if (obstacle !== null) return fail(obstacle);
    if (typedMac === null) {
      audit({ ...auditFacts(row, atMs), runId, stepId, ipClass, event: "key_unknown", kid: row.kid });
      return fail("key_unknown");
    }
    const failuresKey = budgetKey.failures(row);
    const failures = table.budgets.get(failuresKey) ?? [];
    const retryAtMs = failureWaitUntil(failures, policy, atMs);
    if (retryAtMs !== null) return fail("wait", { outcome: "rejected", retryAtMs });
    if (!fitsShape(row, request)) {
      row.malformed += 1;
      if (row.malformed <= policy.maxMalformed) return fail("malformed", { outcome: "rejected", retryAtMs: null });
      const refused = fail("malformed");
      lock(row);
      return refused;
    }

    row.attempts += 1;
    const facts = { ...auditFacts(row, atMs), runId, stepId, ipClass, attemptNumber: row.attempts };
    if (sameBytes(typedMac, row.mac) && !row.decoy && row.userId !== null) {
      endChallenge(row, "confirmed");
      audit({ ...facts, event: "confirmed" });
      return { outcome: "confirmed", atMs, challengeId: row.challengeId, userId: row.userId };
    }
    audit({ ...facts, event: "confirm_failed", reason: "wrong_code" });
    const after = appendHit(failures, [policy.userFailures], atMs);
    table.budgets.set(failuresKey, after);
    if (windowFullUntil(after, policy.userFailures, atMs) !== null) exhausted.push("failures");
    if (row.attempts < row.maxAttempts) return { outcome: "rejected", retryAtMs: null };
    lock(row);
    return { outcome: "refused" };
  }

  /**
   * Debits the caller's network and client; the limit that was reached before, if one was. What a network has too much of
   * is not the client's: else one network would spend what all share.
   */
  function debitCaller(): { reason: "network_budget" | "client_budget"; retryAtMs: number } | null {
    const key = row?.testMode === true ? null : budgetKey.networkConfirms(request);
    if (key !== null) {
      const hits = table.budgets.get(key) ?? [];
      const networkUntil = windowFullUntil(hits, policy.networkConfirms, atMs);
      if (networkUntil !== null) return { reason: "network_budget", retryAtMs: networkUntil };
      const after = appendHit(hits, [policy.networkConfirms], atMs);
      table.budgets.set(key, after);
      if (windowFullUntil(after, policy.networkConfirms, atMs) !== null) exhausted.push("network");
    }
    const clientUntil = clientFullUntil(table.clients.get(clientKey("confirm", request)), policy.clientConfirms, atMs);
    if (spendClient(table, "confirm", request, policy.clientConfirms, atMs)) exhausted.push("client");
    return clientUntil === null ? null : { reason: "client_budget", retryAtMs: clientUntil };
  }

  function lock(ended: ChallengeRow): void {
    endChallenge(ended, "locked");
    audit({ ...auditFacts(ended, atMs), runId, stepId, ipClass, attemptNumber: ended.attempts, event: "locked" });
  }

  function fail(reason: ConfirmFailure, answer: ChallengeConfirmation = { outcome: "refused" }): ChallengeConfirmation {
    const challengeId = row?.challengeId ?? null;
    const whose = row === undefined || notTheirs.has(reason) ? userId : row.userId;
    audit({ ...caller, userId: whose, atMs, challengeId, event: "confirm_failed", reason, attemptNumber: null });
    return answer;
  }
}

function findChallenge(table: ChallengeTable, request: ConfirmChallengeRequest): ChallengeRow | undefined {
  return request.challengeId === null
    ? table.newestInSlot.get(slotKey(request))
    : table.byId.get(rowKey(request.tenant, request.challengeId));
}

/** What tells of the caller, and nothing of the challenge's user. */
const notTheirs: ReadonlySet<ConfirmFailure> = new Set(["foreign", "network_budget", "client_budget"]);

const endedBy = {
  confirmed: "replayed",
  locked: "locked",
  superseded: "superseded",
  revoked: "revoked",
  expired: "expired",
} as const;

/** Whose it is comes first: to anyone else a challenge's state is none of their business. */
function findObstacle(row: ChallengeRow, request: ConfirmChallengeRequest, atMs: number): ConfirmFailure | null {
  const { clientId, purpose, sessionId, userId } = request;
  if (row.clientId !== clientId || row.purpose !== purpose || row.sessionId !== sessionId) return "foreign";
  if (userId !== null && row.userId !== userId) return "foreign";
  if (row.state !== "active") return endedBy[row.state];
  if (!isLive(row, atMs)) return "expired";
  return atMs < row.createdAtMs ? "not_yet_valid" : null;
}

function fitsShape(row: ChallengeRow, { shape }: ConfirmChallengeRequest): boolean {
  return shape !== null && shape.length === row.length && shape.alphabets.includes(row.alphabet);
}

/** Both sides are keyed hashes: how long the comparison takes tells nothing about the digits. */
function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
