import type { AuditEntry, AuditLog } from "@onceflow/step-runtime";

/** An audit trail in memory, to which a test writes. */
export interface TestTrail extends AuditLog {
  write(event: string, details?: AuditEntry["details"], options?: { readonly seq?: number }): void;
}

/** Makes one; its entries are full of what must not become a label. */
export function createTestTrail(): TestTrail {
  const entries: AuditEntry[] = [];
  return {
    write(event, details = {}, { seq = entries.length + 1 } = {}) {
      entries.push({
        seq,
        atMs: 0,
        event,
        userId: "user-demo",
        clientId: "portal",
        purpose: "second_factor",
        runId: "run-1",
        stepId: "confirm",
        challengeId: "challenge-1",
        ipClass: "192.0.2.1/32",
        details,
      });
    },
    list: async ({ limit }) => entries.toSorted((left, right) => right.seq - left.seq).slice(0, limit),
    async tally({ after, upTo = Number.POSITIVE_INFINITY }) {
      return entries
        .filter(({ seq }) => seq > after && seq <= upTo)
        .map(({ event, details }) => {
          const reason = details["reason"] ?? details["scope"];
          return { event, reason: typeof reason === "string" ? reason : null, count: 1 };
        });
    },
  };
}
