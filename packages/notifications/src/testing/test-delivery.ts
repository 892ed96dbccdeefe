import type { MessageTemplate, QueueNotification } from "@onceflow/step-runtime";
import { createFixedClock, createMemoryOutbox, type OutboxAuditEvent } from "@onceflow/step-runtime/memory";
import { onTestFinished } from "vitest";
import { createOutboxNotifier } from "../create-outbox-notifier.ts";
import { createOutboxWorker, type OutboxWorkerOptions } from "../create-outbox-worker.ts";
import { createTestBox } from "./test-box.ts";

/** The code of each challenge of a test. */
export const testCode = "12345678";

const lifetimeMs = 300_000;

const template: MessageTemplate = {
  id: "code",
  subject: { en: "Your code for {{ app }}", fr: "Votre code pour {{ app }}" },
  text: {
    en: "{{ _user.firstName }}: {{ oneTimeCode.code }}, {{ lifetimeMinutes }} min, {{ revokeUrl }}",
    fr: "{{ _user.firstName }} : {{ oneTimeCode.code }}, {{ lifetimeMinutes }} min, à usage unique",
  },
  html: { en: "<p>{{ _user.firstName }}: <b>{{ oneTimeCode.code }}</b></p>" },
};

/** Notifier, outbox in memory and workers, on a clock that stands still. */
export function createTestDelivery() {
  const clock = createFixedClock();
  const challenges = new Map<string, { state: string; expiresAtMs: number; sealed: boolean }>();
  const audit: OutboxAuditEvent[] = [];
  const outbox = createMemoryOutbox({
    clock,
    challenges: {
      read: (challengeId) => challenges.get(challengeId) ?? null,
      eraseCode(challengeId) {
        const challenge = challenges.get(challengeId);
        if (challenge !== undefined) challenge.sealed = false;
      },
    },
    onAudit: (event) => void audit.push(event),
  });
  const secretBox = createTestBox();
  const notifier = createOutboxNotifier({ outbox, secretBox, tenant: "default", beginWithinMs: 0 });
  let count = 0;

  /** What happened since the message was queued, such as `delivery_failed smtp_550`. */
  const fate = () =>
    audit
      .filter(({ event }) => event !== "delivery_queued")
      .map(({ event, reason }) => (reason === null ? event : `${event} ${reason}`));

  /** A message to be queued, with a new challenge of five minutes. */
  function request(changes: Partial<QueueNotification> = {}): QueueNotification {
    count += 1;
    const challengeId = `challenge-${count}`;
    challenges.set(challengeId, { state: "active", expiresAtMs: clock.now() + lifetimeMs, sealed: true });
    return {
      idempotencyKey: `run-${count}/mail/1`,
      runId: `run-${count}`,
      stepId: "mail",
      caller: { clientId: "portal", userId: "u-dana", sessionId: "session-1", ipClass: null },
      user: { id: "u-dana", email: "dana@example.test", locale: "en", enabled: true },
      challengeId,
      deliver: true,
      template,
      renderType: "text-and-html",
      messageTheme: null,
      model: { _user: { firstName: "Dana" } },
      appName: "Café",
      requestedAtMs: clock.now(),
      ...changes,
    };
  }

  /** A worker that is stopped with the test. */
  function createWorker(options: Pick<OutboxWorkerOptions, "sender"> & Partial<OutboxWorkerOptions>) {
    const worker = createOutboxWorker({
      outbox,
      secretBox,
      openCode: async (challengeId) => {
        const challenge = challenges.get(challengeId);
        if (challenge?.state !== "active" || !challenge.sealed) return null;
        const { expiresAtMs } = challenge;
        const issuedAt = new Date(expiresAtMs - lifetimeMs).toISOString();
        return { code: testCode, issuedAt, expiresAt: new Date(expiresAtMs).toISOString() };
      },
      revokeUrl: async (challengeId) => `https://codes.example.test/not-me/${challengeId}`,
      onTrouble: (error) => {
        throw error;
      },
      ...options,
    });
    onTestFinished(() => worker.stop());
    return worker;
  }

  return { clock, outbox, secretBox, notifier, challenges, fate, request, createWorker };
}
