import { wrongCode } from "@onceflow/one-time-code/testing";
import { lockedConfirms, startStoppableServer, type StoppableServer } from "@onceflow/storage/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type DemoVisitor, visitDemo } from "./testing/demo-visitor.ts";
import { codeIn, mailTo } from "./testing/mail-to.ts";
import { person } from "./testing/person.ts";
import { createTestDemo, type TestDemo } from "./testing/test-demo.ts";

const people = Array.from({ length: 50 }, (_, index) => person(index));

let server: StoppableServer;

beforeAll(async () => {
  server = await startStoppableServer();
});
afterAll(() => server.close());

async function open(): Promise<TestDemo> {
  const demo = await createTestDemo({ serverUrl: server.url, users: people });
  onTestFinished(() => demo.close());
  return demo;
}

async function signedIn(demo: TestDemo, userName: string): Promise<DemoVisitor> {
  const visitor = await visitDemo(demo);
  await visitor.signIn(userName);
  return visitor;
}

/** What became of each challenge: its state and the comparisons that were made. */
async function challenges({ database }: TestDemo) {
  const { rows } = await database.pool.query<{ user: string; state: string; attempts: number }>(
    'SELECT user_id AS "user", state, attempts FROM otp.challenges ORDER BY seq',
  );
  return rows;
}

/** Holds the challenges until the server goes down, and resolves when so many confirms wait for them. */
async function holdConfirms({ database }: TestDemo, count: number): Promise<void> {
  const holder = await database.pool.connect();
  holder.on("error", () => undefined);
  onTestFinished(() => holder.release(true));
  await holder.query("BEGIN");
  await holder.query("LOCK TABLE otp.challenges IN ACCESS EXCLUSIVE MODE");
  await expect.poll(() => lockedConfirms(database.pool)).toBe(count);
}

async function expectAway(response: Response): Promise<void> {
  expect(response.status).toBe(503);
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ status: 503, code: "store-unavailable" });
}

const confirmPath = "/api/components/for-test-code/dataflows/confirm-code/execute";

function confirmation(code: string): RequestInit {
  return { method: "POST", body: JSON.stringify({ input: { ForTestCode: code } }) };
}

describe("a database that is away", () => {
  it("is a 503 that says when to come back; no attempt is lost or invented, and the runs that wait go on", async () => {
    const demo = await open();
    const visitor = await signedIn(demo, "person-0");
    const code = String((await visitor.getCode()).shown);
    expect(await visitor.confirmCode(wrongCode(code))).toMatchObject({ retryable: true });
    const other = await signedIn(demo, "person-1");
    const asked = await other.run("sign-in", { UserName: "person-1" }, "sign-in-with-mailed-code");
    const mailed = codeIn(await mailTo(demo, "person-1@example.test"));
    const before = await challenges(demo);

    await server.stop("fast");
    const answer = { method: "POST", body: JSON.stringify({ value: { Code: mailed }, answerId: "a-1" }) };
    const answerPath = `/api/runs/${asked.runId}/answers/${asked.modal?.token}`;
    await expectAway(await visitor.request(confirmPath, confirmation(code)));
    await expectAway(await other.request(answerPath, answer));
    await expectAway(await visitor.request("/api/audit"));
    expect((await visitor.request("/readyz")).status).toBe(503);
    expect((await visitor.request("/healthz")).status).toBe(200);

    await server.start();
    expect(await challenges(demo)).toEqual(before);
    expect(before).toMatchObject([{ attempts: 1 }, { attempts: 0 }]);
    expect(await visitor.confirmCode(code)).toEqual({ confirmed: true, retryable: false });
    expect(await (await other.request(answerPath, answer)).json()).toMatchObject({ response: { confirmed: true } });
    expect((await visitor.request("/readyz")).status).toBe(200);
  });

  it("decides nothing when it goes in the middle of a confirm and stays away", async () => {
    const demo = await open();
    const visitor = await signedIn(demo, "person-0");
    const code = String((await visitor.getCode()).shown);
    const holding = holdConfirms(demo, 1);
    const confirmed = visitor.request(confirmPath, confirmation(code));
    await holding;
    await server.stop("immediate");
    await expectAway(await confirmed);

    await server.start();
    expect(await challenges(demo)).toMatchObject([{ state: "active", attempts: 0 }]);
    expect(await visitor.confirmCode(code)).toEqual({ confirmed: true, retryable: false });
    expect(await visitor.confirmCode(code)).toEqual({ confirmed: false, retryable: false });
  });
});

describe("a database that restarts with 100 confirms in flight", () => {
  it.each(["fast", "immediate"] as const)("confirms each code once at most, and none twice (%s)", async (mode) => {
    const demo = await open();
    const visits = await Promise.all(
      people.map(async ({ id, userName }) => {
        const visitor = await signedIn(demo, userName);
        return { id, visitor, code: String((await visitor.getCode()).shown) };
      }),
    );
    // One of the ten connections holds, the others wait; the rest of the confirms wait for a connection.
    const holding = holdConfirms(demo, 9);
    const inFlight = Promise.all(
      visits.flatMap((visit) =>
        [0, 1].map(async () => ({
          visit,
          response: await visit.visitor.request(confirmPath, confirmation(visit.code)),
        })),
      ),
    );
    await holding;
    await server.stop(mode);
    await server.start();
    const told = new Set<string>();
    for (const { visit, response } of await inFlight) {
      expect([200, 503]).toContain(response.status);
      const { response: said } = (await response.json()) as { response?: { confirmed: boolean } };
      if (said?.confirmed !== true) continue;
      expect(told).not.toContain(visit.id);
      told.add(visit.id);
    }
    const kept = new Map((await challenges(demo)).map(({ user, state }) => [user, state]));
    for (const { id, visitor, code } of visits) {
      expect(["active", "confirmed"]).toContain(kept.get(id));
      if (told.has(id)) expect(kept.get(id)).toBe("confirmed");
      // A code that was not confirmed is as good as before, unless a run that was told 503 goes on and takes it meanwhile.
      const again = (await visitor.confirmCode(code)) as { confirmed: boolean };
      if (kept.get(id) === "confirmed") expect(again.confirmed).toBe(false);
    }
    expect(await challenges(demo)).toMatchObject(people.map(() => ({ state: "confirmed", attempts: 1 })));
    const { rows } = await demo.database.pool.query(
      "SELECT count(*)::int AS events, count(DISTINCT challenge_id)::int AS challenges FROM onceflow.audit_events WHERE event = 'confirmed'",
    );
    expect(rows).toEqual([{ events: 50, challenges: 50 }]);
  });
});
