import { describeOutbox, type OutboxFixture } from "../testing/describe-outbox.ts";
import { createFixedClock } from "./fixed-clock.ts";
import { createMemoryOutbox, type OutboxAuditEvent, type OutboxChallenge } from "./memory-outbox.ts";

describeOutbox("memory", async (): Promise<OutboxFixture> => {
  const clock = createFixedClock();
  const challenges = new Map<string, OutboxChallenge & { readonly testMode: boolean }>();
  const audit: OutboxAuditEvent[] = [];
  const change = (challengeId: string, changes: Partial<OutboxChallenge>) => {
    const challenge = challenges.get(challengeId);
    if (challenge !== undefined) challenges.set(challengeId, { ...challenge, ...changes });
  };
  const outbox = createMemoryOutbox({
    clock,
    challenges: {
      read: (challengeId) => challenges.get(challengeId) ?? null,
      eraseCode: (challengeId) => {
        if (challenges.get(challengeId)?.testMode === false) change(challengeId, { sealed: false });
      },
    },
    onAudit: (event) => void audit.push(event),
  });
  return {
    outbox,
    advance: (ms) => clock.advance(ms),
    async issue({ testMode = false, lifetimeSeconds = 300 } = {}) {
      const challengeId = crypto.randomUUID();
      const expiresAtMs = clock.now() + lifetimeSeconds * 1000;
      challenges.set(challengeId, { state: "active", expiresAtMs, sealed: true, testMode });
      return challengeId;
    },
    revoke: async (challengeId) => change(challengeId, { state: "revoked", sealed: false }),
    holdsCode: async (challengeId) => challenges.get(challengeId)?.sealed === true,
    audit: async () => audit.map(({ event, challengeId, reason }) => ({ event, challengeId, reason })),
  };
});
