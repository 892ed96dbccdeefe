import { createPostgresAuditLog } from "@onceflow/storage";
import { sampleUsers } from "@onceflow/step-runtime/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visitDemo } from "./testing/demo-visitor.ts";
import { createTestDemo, type TestDemo } from "./testing/test-demo.ts";

let demo: TestDemo;

beforeAll(async () => {
  demo = await createTestDemo({
    users: [
      ...sampleUsers,
      {
        id: "user-real",
        userName: "real",
        email: "real@example.test",
        firstName: null,
        lastName: null,
        locale: null,
        enabled: true,
        test: false,
      },
    ],
  });
});
afterAll(() => demo.close());

/** A well-formed code that is another. */
function wrong(code: string): string {
  return code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);
}

describe("ForTestCode", () => {
  it("shows the code in the modal and confirms it once, however it is typed", async () => {
    const visitor = await visitDemo(demo);
    const { execution, shown } = await visitor.getCode();
    expect(execution).toMatchObject({
      status: "completed",
      modal: { id: "code" },
      definitions: { ForTestCode: shown },
    });
    expect(shown).toMatch(/^\d{6}$/);
    const code = String(shown);
    expect(await visitor.confirmCode(` '${code.slice(0, 3)}-${code.slice(3)}' `)).toEqual({
      confirmed: true,
      retryable: false,
    });
    expect(await visitor.confirmCode(code)).toEqual({ confirmed: false, retryable: false });
  });

  it("lets a wrong code be corrected, five times at most", async () => {
    const visitor = await visitDemo(demo);
    await visitor.signIn("alice");
    const code = String((await visitor.getCode()).shown);
    expect(await visitor.confirmCode(wrong(code))).toEqual({ confirmed: false, retryable: true });
    expect(await visitor.confirmCode(code)).toEqual({ confirmed: true, retryable: false });

    const second = String((await visitor.getCode()).shown);
    for (let attempt = 1; attempt <= 5; attempt++) {
      // After five failures of a user a try has to wait: nothing is compared before.
      if (attempt === 5) {
        expect(await visitor.confirmCode(wrong(second))).toEqual({ confirmed: false, retryable: true });
        await demo.database.advance(30_000);
      }
      expect(await visitor.confirmCode(wrong(second))).toEqual({ confirmed: false, retryable: attempt < 5 });
    }
    expect(await visitor.confirmCode(second)).toEqual({ confirmed: false, retryable: false });
  });

  it("confirms in no other session, for no other user and at no other client", async () => {
    const owner = await visitDemo(demo);
    const code = String((await owner.getCode()).shown);
    for (const [userName, clientId] of [
      ["demo", "digital-workplace"],
      ["alice", "digital-workplace"],
      ["demo", "portal"],
      [null, "digital-workplace"],
    ] as const) {
      const other = await visitDemo(demo);
      await other.signIn(userName, clientId);
      expect(await other.confirmCode(code)).toMatchObject({ confirmed: false });
    }
    expect(await owner.confirmCode(code)).toMatchObject({ confirmed: true });
  });

  it("forgets a code when its session is left for a new one", async () => {
    const visitor = await visitDemo(demo);
    const code = String((await visitor.getCode()).shown);
    await visitor.signIn("demo");
    expect(await visitor.confirmCode(code)).toEqual({ confirmed: false, retryable: false });
  });

  it("is over when its lifetime is", async () => {
    const visitor = await visitDemo(demo);
    const lifetimeMs = 300_000;
    const first = String((await visitor.getCode()).shown);
    await demo.database.advance(lifetimeMs - 1);
    expect(await visitor.confirmCode(first)).toMatchObject({ confirmed: true });
    const second = String((await visitor.getCode()).shown);
    await demo.database.advance(lifetimeMs);
    expect(await visitor.confirmCode(second)).toEqual({ confirmed: false, retryable: false });
  });

  it("answers alike for users that exist, are disabled, have no address or do not exist; only test users see digits", async () => {
    const shapes = [];
    for (const userName of ["real", "disabled", "noaddress", null]) {
      const visitor = await visitDemo(demo);
      await visitor.signIn(userName);
      const { execution, shown } = await visitor.getCode();
      expect(shown).toBe("••••••");
      const confirmed = await visitor.confirmCode("123456");
      shapes.push([{ ...execution, runId: "" }, confirmed]);
    }
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });

  it("issues no code at another client than its own", async () => {
    const visitor = await visitDemo(demo);
    await visitor.signIn("demo", "portal");
    // The shipped component asks for a code of Digital Workplace: elsewhere it fails rather than issue one.
    expect(await visitor.run("get-code")).toMatchObject({ status: "failed", error: { code: "client-mismatch" } });
  });

  it("keeps in the audit trail each time that a code was shown, and what became of it, without the code", async () => {
    const visitor = await visitDemo(demo);
    const { execution, shown } = await visitor.getCode();
    await visitor.confirmCode(wrong(String(shown)));
    await visitor.confirmCode(String(shown));
    const trail = createPostgresAuditLog(demo.database, { tenant: "default" });
    const audit = (await trail.list({ userId: "user-demo", limit: 4 })).toReversed();
    const who = {
      userId: "user-demo",
      clientId: "digital-workplace",
      purpose: "second_factor",
      ipClass: "127.0.0.1/32",
    };
    expect(audit).toMatchObject([
      { event: "issued", ...who, runId: execution.runId },
      { event: "test_code_revealed", ...who, runId: execution.runId, challengeId: audit[0]?.challengeId },
      { event: "confirm_failed", details: { reason: "wrong_code", attemptNumber: 1 }, ...who },
      { event: "confirmed", ...who },
    ]);
    for (const text of [String(shown), wrong(String(shown)), "@example.test", "mac", "sealed"]) {
      expect(JSON.stringify(audit)).not.toContain(text);
    }
  });

  it("leaves the code and the address in no event, run or log", async () => {
    const visitor = await visitDemo(demo);
    const { execution, shown } = await visitor.getCode();
    const code = String(shown);
    const { log } = demo;
    const confirmation = await visitor.run("confirm-code", { ForTestCode: code });
    expect(confirmation.response).toMatchObject({ confirmed: true });
    expect(JSON.stringify(confirmation)).not.toContain(code);

    const events = await Promise.all(
      [execution, confirmation].map(async ({ runId }) => (await visitor.request(`/api/runs/${runId}/events`)).text()),
    );
    const runs = await Promise.all(
      [execution, confirmation].map(
        async ({ runId }) => (await (await visitor.request(`/api/runs/${runId}`)).json()) as { steps: unknown },
      ),
    );
    expect(log.length).toBeGreaterThan(5);
    for (const text of [...events, ...runs.map(({ steps }) => JSON.stringify(steps)), log.join("")]) {
      expect(text).not.toContain(code);
      expect(text).not.toContain("demo@example.test");
    }
    // Only the result shows the digits, to the session that asked.
    expect(JSON.stringify(runs[0])).toContain(code);
    const other = await visitDemo(demo);
    expect((await other.request(`/api/runs/${execution.runId}`)).status).toBe(404);
  });
});
