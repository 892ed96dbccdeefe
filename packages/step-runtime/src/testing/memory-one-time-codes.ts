import type { CodeConfirmation, IssuedCode, OneTimeCodes } from "../ports/one-time-codes.ts";
import type { Clock } from "../ports/clock.ts";

interface Challenge {
  readonly id: string;
  readonly code: string;
  readonly runId: string;
  readonly userId: string | null;
  readonly slot: string;
  readonly expiresAt: number;
  readonly answer: IssuedCode;
  attempts: number;
  over: boolean;
}

/** Codes in memory that also open. */
export interface MemoryOneTimeCodes extends OneTimeCodes {
  openForDelivery(challengeId: string): Promise<{ readonly code: string; readonly expiresAt: string } | null>;
}

/** The one-time-code port without cryptography, for tests of steps and engines only. Its codes count up from 100001. */
export function createMemoryOneTimeCodes({
  clock,
  testMode = true,
}: {
  readonly clock: Clock;
  readonly testMode?: boolean;
}): MemoryOneTimeCodes {
  const challenges: Challenge[] = [];
  const byKey = new Map<string, Challenge>();
  const attempts = new Map<string, CodeConfirmation>();
  const refused: CodeConfirmation = { outcome: "refused", retryAt: null, at: null, challengeId: null, userId: null };

  const compare = (
    challenge: Challenge | undefined,
    userId: string | null,
    slot: string,
    code: unknown,
  ): CodeConfirmation => {
    const isOver = !challenge || challenge.over || clock.now() >= challenge.expiresAt || challenge.attempts >= 5;
    if (isOver || challenge.slot !== slot || (userId !== null && challenge.userId !== userId)) return refused;
    if (typeof code !== "string" || !/^\d{6}$/.test(code)) return { ...refused, outcome: "rejected" };
    challenge.attempts += 1;
    if (challenge.userId === null || code !== challenge.code)
      return challenge.attempts < 5 ? { ...refused, outcome: "rejected" } : refused;
    challenge.over = true;
    const at = new Date(clock.now()).toISOString();
    return { outcome: "confirmed", retryAt: null, at, challengeId: challenge.id, userId: challenge.userId };
  };

  return {
    async issue({ idempotencyKey, runId, user, client, sessionId, purpose, length, lifetimeSeconds }) {
      const known = byKey.get(idempotencyKey);
      if (known) return known.answer;
      const isReal = user !== null && user.enabled && user.email !== null;
      const slot = `${sessionId}|${client.id}|${purpose}`;
      const id = `challenge-${challenges.length + 1}`;
      const code = String(100_001 + challenges.length);
      const expiresAt = clock.now() + lifetimeSeconds * 1000;
      const answer: IssuedCode = {
        challengeId: id,
        channel: "email",
        destination: "d•••@example.test",
        expiresAt: new Date(expiresAt).toISOString(),
        length,
        resendAvailableAt: new Date(clock.now() + 30_000).toISOString(),
        revealedCode: testMode && isReal && client.test && user.test ? code : null,
        deliver: isReal,
      };
      for (const other of challenges) if (other.slot === slot) other.over = true;
      const challenge = {
        id,
        code,
        runId,
        userId: isReal ? user.id : null,
        slot,
        expiresAt,
        answer,
        attempts: 0,
        over: false,
      };
      challenges.push(challenge);
      byKey.set(idempotencyKey, challenge);
      return answer;
    },
    async confirm({ attemptId, clientId, userId, sessionId, purpose, challengeId, code }) {
      const recorded = attempts.get(attemptId);
      if (recorded) return recorded;
      const slot = `${sessionId}|${clientId}|${purpose}`;
      const challenge = challenges.findLast((candidate) =>
        challengeId === null ? candidate.slot === slot : candidate.id === challengeId,
      );
      const result = compare(challenge, userId, slot, code);
      attempts.set(attemptId, result);
      return result;
    },
    async openForDelivery(challengeId) {
      const challenge = challenges.find(({ id }) => id === challengeId);
      if (!challenge || challenge.over || challenge.userId === null || challenge.expiresAt <= clock.now()) return null;
      return { code: challenge.code, expiresAt: challenge.answer.expiresAt };
    },
    async revokeRun(runId) {
      for (const challenge of challenges) if (challenge.runId === runId) challenge.over = true;
    },
  };
}
