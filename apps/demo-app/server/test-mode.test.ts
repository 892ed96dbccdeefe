import { createOneTimeCodes, newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { findInDump } from "@onceflow/one-time-code/testing";
import { createPostgresOneTimeCodeStore } from "@onceflow/storage";
import { sampleClients } from "@onceflow/step-runtime/memory";
import { describe, expect, it, onTestFinished } from "vitest";
import type { DemoOptions } from "./create-demo.ts";
import { visitDemo } from "./testing/demo-visitor.ts";
import { person } from "./testing/person.ts";
import { readWholeDatabase } from "./testing/read-whole-database.ts";
import { createTestDemo, type TestDemo } from "./testing/test-demo.ts";

const users = [person(0), person(1, { test: false })];
const noTestClients = sampleClients.map((client) => ({ ...client, test: false }));

/** Gets a code of ten digits, which nothing else reads like by chance, and looks at all that the API shows of it. */
async function askForTenDigits(demo: TestDemo, { userName, seen }: { userName: string; seen: string[] }) {
  const visitor = await visitDemo(demo, {
    onAnswer: async (path, answer) => {
      seen.push(`${path}\n${JSON.stringify([...answer.headers])}\n${await answer.text()}`);
    },
  });
  await visitor.signIn(userName);
  const path = "/api/components/for-test-code";
  const stored = await visitor.request(path);
  const text = (await stored.text()).replace(`"codeLifetimeSeconds"`, `"length": 10, "codeLifetimeSeconds"`);
  const headers = { "If-Match": stored.headers.get("ETag") ?? "" };
  expect((await visitor.request(path, { method: "PUT", body: text, headers })).status).toBe(200);
  expect((await visitor.request(`${path}/publish`, { method: "POST" })).status).toBe(200);
  const { execution, shown } = await visitor.getCode();
  expect(execution.status).toBe("completed");
  for (const part of ["", "/events"]) await visitor.request(`/api/runs/${execution.runId}${part}`);
  await visitor.request("/api/audit");
  return { visitor, execution, shown };
}

async function openGates(options: DemoOptions) {
  const keyRing = newKeyRingText();
  const demo = await createTestDemo({ users, keyRing, ...options });
  onTestFinished(() => demo.close());
  const { pool } = demo.database;
  const codes = createOneTimeCodes({
    store: createPostgresOneTimeCodeStore(demo.database),
    keyRing: parseKeyRing(keyRing),
    testMode: false,
  });
  /** What only a mail would have told. */
  const theCode = async (): Promise<string> => {
    const { rows } = await pool.query<{ id: string }>("SELECT challenge_id AS id FROM otp.challenges");
    return (await codes.openForDelivery(rows[0]?.id ?? ""))?.code ?? "";
  };
  const reveals = async (): Promise<number> => {
    const { rowCount } = await pool.query("SELECT FROM onceflow.audit_events WHERE event = 'test_code_revealed'");
    return rowCount ?? 0;
  };
  return { demo, theCode, reveals };
}

describe("test mode with all its gates open", () => {
  it("shows the code in the answer, its modal and definitions, and is audited", async () => {
    const { demo, theCode, reveals } = await openGates({});
    const seen: string[] = [];
    const { shown, execution } = await askForTenDigits(demo, { userName: "person-0", seen });
    const code = await theCode();
    expect(shown).toBe(code);
    expect(code).toMatch(/^\d{10}$/);
    expect(execution.definitions).toEqual({ ForTestCode: code });
    expect(findInDump(seen, [code])).toEqual([code]);
    expect(findInDump([await readWholeDatabase(demo.database), demo.log], [code])).toEqual([]);
    expect(await reveals()).toBe(1);
  });
});

describe("test mode with one gate closed", () => {
  it.each<[string, DemoOptions, string]>([
    ["the process was not started with it", { testMode: false }, "person-0"],
    ["the client is no test client", { clients: noTestClients }, "person-0"],
    ["the user is not on the test list", {}, "person-1"],
  ])("shows no digit anywhere, and the code works all the same: %s", async (_gate, options, userName) => {
    const { demo, theCode, reveals } = await openGates(options);
    const seen: string[] = [];
    const { visitor, shown, execution } = await askForTenDigits(demo, { userName, seen });
    const code = await theCode();
    expect(code).toMatch(/^\d{10}$/);
    expect(shown).toBe("••••••");
    expect(execution.definitions).toEqual({ ForTestCode: "••••••" });
    expect(findInDump([seen, await readWholeDatabase(demo.database), demo.log], [code])).toEqual([]);
    expect(await reveals()).toBe(0);
    expect(await visitor.confirmCode(code)).toMatchObject({ confirmed: true });
  });

  it.each<[string, DemoOptions]>([
    ["an address that others reach", { publicUrl: "https://codes.example.com" }],
    ["production", { nodeEnv: "production" }],
  ])("refuses to start: %s", async (_gate, options) => {
    await expect(createTestDemo(options)).rejects.toMatchObject({ code: "test-mode-refused" });
    // Without test mode it starts there.
    const demo = await createTestDemo({ ...options, testMode: false });
    await demo.close();
  });
});
