import type { OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import type { OneTimeCodeStore } from "../store/one-time-code-store.ts";
import { type ChallengeTable, endChallenge, isLive, rowKey, viewChallenge } from "./challenge-table.ts";
import { confirmChallenge } from "./confirm-challenge.ts";
import { auditFacts, issueChallenge } from "./issue-challenge.ts";

/** A store that also shows all it holds. */
export interface MemoryOneTimeCodeStore extends OneTimeCodeStore {
  /** Every row, for tests that search it for what must not be there. */
  dump(): readonly unknown[];
}

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
    byIdempotencyKey: new Map(),
    newestInSlot: new Map(),
    activeBySubject: new Map(),
    byRun: new Map(),
    attempts: new Map(),
  };

  // Hashing is asynchronous, so commits queue here: nothing changes between a commit's first read and its last write.
  let last: Promise<unknown> = Promise.resolve();
  function commit<T>(work: () => T | Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  return {
    issue: (request) => commit(() => issueChallenge(table, request, now(), onAudit)),
    confirm: (request) => commit(() => confirmChallenge(table, request, now, onAudit)),
    revokeRun: ({ tenant, runId }) =>
      commit(() => {
        const atMs = now();
        for (const row of table.byRun.get(rowKey(tenant, runId)) ?? []) {
          if (!isLive(row, atMs)) continue;
          endChallenge(row, "revoked");
          onAudit({ ...auditFacts(row, atMs), event: "revoked_by_run" });
        }
      }),
    read: ({ tenant, challengeId }) =>
      commit(() => {
        const row = table.byId.get(rowKey(tenant, challengeId));
        return row === undefined ? null : viewChallenge(row, now());
      }),
    dump: () => [...table.byId.values(), ...table.attempts.entries()],
  };
}
