import type { OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import type { OneTimeCodeStore } from "../store/one-time-code-store.ts";
import { budgetKey } from "./budget-key.ts";
import {
  type ChallengeRow,
  type ChallengeTable,
  endChallenge,
  isLive,
  rowKey,
  viewChallenge,
} from "./challenge-table.ts";
import { clientFullUntil, clientKey } from "./client-window.ts";
import { confirmChallenge } from "./confirm-challenge.ts";
import { forgetEnded } from "./forget-ended.ts";
import { auditFacts, issueChallenge } from "./issue-challenge.ts";
import { latest, windowFullUntil } from "./rolling-window.ts";

/** A store that also shows all it holds. */
export interface MemoryOneTimeCodeStore extends OneTimeCodeStore {
  /** Every challenge and attempt, for tests that search them for what must not be there. */
  dump(): readonly unknown[];
}

/** Forgotten at each issue, so that a store that nobody cleans stays small. */
const issueBatch = 100;

/**
 * Keeps challenges in memory, for the preview, the command line and tests; nothing outlives the process, or a day
 * after it was over.
 * `now` is the store's clock, whole milliseconds since 1970; `onAudit` is called inside the commit.
 */
export function createMemoryOneTimeCodeStore(options: {
  now: () => number;
  onAudit?: (event: OneTimeCodeAuditEvent) => void;
}): MemoryOneTimeCodeStore {
  const { now, onAudit = () => {} } = options;
  const table: ChallengeTable = {
    byId: new Map(),
    issues: new Map(),
    newestInSlot: new Map(),
    activeBySubject: new Map(),
    byRun: new Map(),
    attempts: new Map(),
    budgets: new Map(),
    clients: new Map(),
  };

  // A commit never waits, so nothing changes between its first read and its last write.
  const commit = async <T>(work: () => T): Promise<T> => work();

  function revoke(row: ChallengeRow | undefined, event: "revoked_by_run" | "revoked_by_user"): boolean {
    const atMs = now();
    if (row === undefined || !isLive(row, atMs)) return false;
    endChallenge(row, "revoked");
    onAudit({ ...auditFacts(row, atMs), event });
    return true;
  }

  return {
    issue: (request) =>
      commit(() => {
        const atMs = now();
        forgetEnded(table, atMs, issueBatch);
        return issueChallenge(table, request, atMs, onAudit);
      }),
    confirm: (request) => commit(() => confirmChallenge(table, request, now, onAudit)),
    revokeRun: ({ tenant, runId }) =>
      commit(() => {
        for (const row of table.byRun.get(rowKey(tenant, runId)) ?? []) revoke(row, "revoked_by_run");
      }),
    revokeByUser: ({ tenant, challengeId }) =>
      commit(() => revoke(table.byId.get(rowKey(tenant, challengeId)), "revoked_by_user")),
    unlock: ({ tenant, userId }) =>
      commit(() => {
        table.budgets.delete(budgetKey.failures({ tenant, subject: `user:${userId}` }));
        const nowhere = { clientId: null, purpose: null, runId: null, stepId: null, challengeId: null, ipClass: null };
        onAudit({ atMs: now(), tenant, userId, ...nowhere, event: "unlocked" });
      }),
    read: ({ tenant, challengeId }) =>
      commit(() => {
        const row = table.byId.get(rowKey(tenant, challengeId));
        return row === undefined ? null : viewChallenge(row, now());
      }),
    callLimit: (caller) =>
      commit(() => {
        const nowMs = now();
        const { policy } = caller;
        const network = (key: string | null, limit: typeof policy.networkIssues) =>
          windowFullUntil(table.budgets.get(key ?? "") ?? [], limit, nowMs);
        const client = (operation: "issue" | "confirm", limit: typeof policy.clientIssues) =>
          clientFullUntil(table.clients.get(clientKey(operation, caller)), limit, nowMs);
        const retryAtMs = latest([
          network(budgetKey.networkIssues(caller), policy.networkIssues),
          network(budgetKey.networkConfirms(caller), policy.networkConfirms),
          client("issue", policy.clientIssues),
          client("confirm", policy.clientConfirms),
        ]);
        return retryAtMs === null ? null : { retryAtMs, nowMs };
      }),
    clean: ({ batch }) => commit(() => forgetEnded(table, now(), batch)),
    dump: () => [...table.byId.values(), ...table.attempts.entries()],
  };
}
