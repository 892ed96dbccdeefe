import { createOneTimeCodePolicy } from "@onceflow/one-time-code";
import { findInDump, generousPolicy, wrongCode } from "@onceflow/one-time-code/testing";
import type { User } from "@onceflow/step-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visitDemo, type DemoVisitor } from "./testing/demo-visitor.ts";
import { codeIn, mailTo } from "./testing/mail-to.ts";
import { person } from "./testing/person.ts";
import { readWholeDatabase } from "./testing/read-whole-database.ts";
import { createTestDemo, type TestDemo } from "./testing/test-demo.ts";

const people = Array.from({ length: 100 }, (_, index) => person(index));

interface Document {
  id: string;
  dataflows: { stages: { steps: Step[] }[] }[];
}
interface Step {
  id: string;
  type: string;
  name: string;
  sources?: string[];
  settings: Record<string, unknown>;
}

/** A script that tells all it can see. */
const telltale = (id: string, source: string): Step => ({
  id,
  type: "execute-script",
  name: id,
  sources: [source],
  settings: {
    language: "javascript",
    code: "console.log(JSON.stringify(item)); console.error(String(item.oneTimeCode.code), item.data.Code); item.copy = [item.oneTimeCode, item.data];",
  },
});

/** The shipped sign-in with codes of ten digits, which no number in a dump equals by chance, and scripts that tell. */
function withTellingScripts(document: Document): Document {
  const steps = document.dataflows.flatMap(({ stages }) => stages.flatMap((stage) => stage.steps));
  const step = (id: string): Step => {
    const found = steps.find((one) => one.id === id);
    if (found === undefined) throw new Error(`There is no step "${id}".`);
    return found;
  };
  step("code").settings["length"] = 10;
  step("mail").sources = ["tell-issued"];
  step("confirm").sources = ["tell-typed"];
  const [send, confirm] = document.dataflows[0]?.stages ?? [];
  send?.steps.push(telltale("tell-issued", "code"));
  confirm?.steps.push(telltale("tell-typed", "ask"));
  return { ...document, id: "ten-digits" };
}

let demo: TestDemo;
/** Every address, with each header and body that was answered there. */
const seen: string[] = [];
const right: string[] = [];
const wrong: string[] = [];

const visit = (): Promise<DemoVisitor> =>
  visitDemo(demo, {
    onAnswer: async (path, answer) => {
      seen.push(`${answer.status} ${path}\n${JSON.stringify([...answer.headers])}\n${await answer.text()}`);
    },
  });

/** One person signs in: two wrong codes, then the right one. */
async function signIn({ userName, email }: User): Promise<void> {
  const visitor = await visit();
  let execution = await visitor.run("sign-in", { UserName: userName }, "ten-digits");
  const code = codeIn(await mailTo(demo, email ?? ""));
  right.push(code);
  for (const offset of [1, 3_000_000_007]) {
    const typed = wrongCode(code, offset);
    wrong.push(typed);
    execution = await visitor.answer(execution, { Code: typed });
    expect(execution.status).toBe("suspended");
  }
  execution = await visitor.answer(execution, { Code: code });
  expect(execution).toMatchObject({ status: "completed", response: { confirmed: true } });
  for (const path of ["", "/events"]) await visitor.request(`/api/runs/${execution.runId}${path}`);
}

beforeAll(async () => {
  demo = await createTestDemo({
    testMode: false,
    users: people,
    policy: createOneTimeCodePolicy({ ...generousPolicy, networkIssues: { seconds: 1, max: 1000 } }),
  });
  const author = await visit();
  const shipped = await author.request("/api/components/sign-in-with-mailed-code");
  const document = withTellingScripts((await shipped.json()) as Document);
  const stored = await author.request("/api/components/ten-digits", {
    method: "PUT",
    body: JSON.stringify(document),
    headers: { "If-None-Match": "*" },
  });
  expect(stored.status).toBe(201);
  expect((await author.request("/api/components/ten-digits/publish", { method: "POST" })).status).toBe(200);
  for (let start = 0; start < people.length; start += 10) {
    await Promise.all(people.slice(start, start + 10).map(signIn));
  }
  for (const id of ["ten-digits", "sign-in-with-mailed-code", "for-test-code"]) {
    await author.request(`/api/components/${id}?download`);
  }
  for (let page = 0; page < 3; page += 1) await author.request(`/api/audit?limit=500&before=${1_000_000 - page * 500}`);
  await author.request("/api/audit?limit=500&event=confirmed");
  await author.request("/");
  await author.request("/openapi.json");
}, 180_000);
afterAll(() => demo.close());

describe("after 100 codes and 300 submissions over HTTP, test mode off", () => {
  it("all that was asked for happened", async () => {
    const { rows } = await demo.database.pool.query(
      "SELECT event, count(*)::int AS count FROM onceflow.audit_events WHERE run_id IS NOT NULL GROUP BY event ORDER BY event",
    );
    expect(rows).toEqual([
      { event: "confirm_failed", count: 200 },
      { event: "confirmed", count: 100 },
      { event: "delivery_queued", count: 100 },
      { event: "delivery_sent", count: 100 },
      { event: "issued", count: 100 },
    ]);
    expect(new Set(right).size).toBe(100);
    // The scripts did see the model.
    expect(seen.join("\n")).toContain("••••••");
    expect(seen.length).toBeGreaterThan(700);
    expect(demo.log.length).toBeGreaterThan(700);
  });

  it("the caught mails have the codes: the search finds them there, each", async () => {
    const inbox = await (await fetch(`${demo.url}/inbox.json`)).text();
    expect(findInDump(inbox, right).length).toBe(100);
  });

  it("nothing else has one: no row, log, event, inspector, audit trail, export, answer or address", async () => {
    const database = await readWholeDatabase(demo.database);
    expect(database.length).toBeGreaterThan(1000);
    const places = { database, log: demo.log, seen };
    for (const [place, dump] of Object.entries(places)) {
      expect({ place, found: findInDump(dump, [...right, ...wrong]) }).toEqual({ place, found: [] });
    }
  });

  it("the same search finds a code that somebody keeps, in any form", async () => {
    const { pool } = demo.database;
    const [plain = "", reversed = "", base64 = "", hex = "", bytes = ""] = right;
    await pool.query("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.kept (note text, raw bytea, more jsonb)");
    await pool.query("INSERT INTO elsewhere.kept VALUES ($1, $2, $3), ($4, $5, '[]')", [
      `code ${plain}.`,
      Buffer.from(`bytes ${bytes}`),
      JSON.stringify({ deep: [Array.from(reversed).toReversed().join("")] }),
      Buffer.from(`{"code":"${base64}"}`).toString("base64"),
      Buffer.from(Buffer.from(hex).toString("hex")),
    ]);
    expect(findInDump(await readWholeDatabase(demo.database), right)).toEqual([plain, reversed, base64, hex, bytes]);
  });
});
