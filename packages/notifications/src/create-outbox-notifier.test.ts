import { describe, expect, it } from "vitest";
import { createOutboxNotifier } from "./create-outbox-notifier.ts";
import { createTestDelivery } from "./testing/test-delivery.ts";

describe("the notifier", () => {
  it("queues a message once per idempotency key, with the same answer each time", async () => {
    const { notifier, request, outbox } = createTestDelivery();
    const message = request();
    expect(await notifier.queue(message)).toEqual({ status: "queued" });
    expect(await notifier.queue({ ...message, appName: "Other" })).toEqual({ status: "queued" });
    expect(await outbox.claim({ limit: 10, leaseMs: 1, minSendSeconds: 30 })).toHaveLength(1);
  });

  it("queues nothing whose template does not render or shows the code in the subject, and says why", async () => {
    const { notifier, request, outbox } = createTestDelivery();
    for (const subject of ["{{ oneTimeCode.code }}", "{{ 'x' | none_such", ""]) {
      const answer = await notifier.queue(request({ template: { id: "code", subject, text: "{{ app }}" } }));
      expect(answer).toEqual({ status: "failed", reason: expect.any(String) });
    }
    expect(await outbox.claim({ limit: 10, leaseMs: 1, minSendSeconds: 30 })).toEqual([]);
  });

  it("has each message wait some time of its own, of two seconds", async () => {
    const { request, secretBox } = createTestDelivery();
    const delays: unknown[] = [];
    const notifier = createOutboxNotifier({
      outbox: { add: async ({ delayMs }) => delays.push(delayMs) > 0 },
      secretBox,
      tenant: "default",
    });
    for (let count = 0; count < 40; count += 1) await notifier.queue(request());
    expect(new Set(delays).size).toBeGreaterThan(10);
    expect(delays.every((delay) => Number(delay) >= 0 && Number(delay) < 2000)).toBe(true);
  });

  it("takes the same statement for nobody, a decoy and whom nothing reaches, and delivers nothing", async () => {
    const { request, secretBox } = createTestDelivery();
    const user = { id: "u-dana", email: "dana@example.test", locale: null, enabled: true };
    const cases = [
      [true, { user }],
      [false, { user: null }],
      [false, { user: { ...user, enabled: false } }],
      [false, { user: { ...user, email: null } }],
      [false, { user: { ...user, email: "a@example.test,b@example.test" } }],
      [false, { user, deliver: false }],
    ] as const;
    for (const [deliver, changes] of cases) {
      const added: unknown[] = [];
      const notifier = createOutboxNotifier({
        outbox: { add: async (message) => added.push({ deliver: message.deliver }) > 0 },
        secretBox,
        tenant: "default",
      });
      expect(await notifier.queue(request(changes))).toEqual({ status: "queued" });
      expect(added).toEqual([{ deliver }]);
    }
  });
});
