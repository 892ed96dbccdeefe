import type { Engine } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";

const execute = "/api/components/gated/dataflows/answer/execute";

describe("execute", () => {
  it("waits for the end and answers with exactly what the run came to", async () => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post(execute, { input: { Word: "hello", Pin: "4711" } });
    expect(response.status).toBe(200);
    const execution = await response.json();
    expect(execution).toEqual({
      runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: "completed",
      response: { word: "hello" },
      responseStatus: 201,
      definitions: { Word: "hello", Pin: "••••••" },
      modal: { id: "done", title: "Done", controls: [{ type: "label", definition: "Word", value: "hello" }] },
    });
  });

  it("answers 200 with the error of a run that failed", async () => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post("/api/components/gated/dataflows/fail/execute", { input: {} });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "failed",
      error: { code: "broken", message: "It broke.", stepId: "breaks" },
    });
  });

  it("answers 202 at once with Prefer: wait=0; the run goes on", async () => {
    const { visit, gate } = await createTestServer();
    gate.close();
    const visitor = await visit();
    const response = await visitor.post(execute, { input: { Word: "later" } }, { Prefer: "respond-async, wait=0" });
    expect(response.status).toBe(202);
    expect(response.headers.get("Preference-Applied")).toBe("wait=0");
    const { runId, ...rest } = (await response.json()) as { runId: string };
    expect(rest).toEqual({ status: "running" });
    gate.open();
    await (await visitor.get(`/api/runs/${runId}/events`)).text();
    expect(await (await visitor.get(`/api/runs/${runId}`)).json()).toMatchObject({
      status: "completed",
      response: { word: "later" },
    });
  });

  it("answers 202 when the wait limit is over first", async () => {
    const { visit, gate } = await createTestServer({ waitLimitMs: 5 });
    gate.close();
    const response = await (await visit()).post(execute, { input: {} });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ runId: expect.any(String), status: "running" });
    gate.open();
  });

  it("starts one run for one idempotency key", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const call = (session = visitor, path = execute) =>
      session.post(path, { input: { Word: "once" }, idempotencyKey: "k-1" });
    const [first, second] = [await (await call()).json(), await (await call()).json()] as { runId: string }[];
    expect(second).toEqual(first);
    const foreign = (await (await call(await visit())).json()) as { runId: string };
    expect(foreign.runId).not.toBe(first?.runId);
    const other = await call(visitor, "/api/components/gated/dataflows/fail/execute");
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ code: "idempotency-key-reused" });
  });

  it("refuses the key of a run that is over and forgotten: what it did is not repeated", async () => {
    const forgetful: Engine = {
      start: async () => ({ created: false }),
      answer: async () => ({ status: "unknown" }),
      cancel: async () => {},
      get: async () => null,
      list: async () => [],
      events: async function* () {},
      close: async () => {},
    };
    const { visit } = await createTestServer({ engine: forgetful });
    const visitor = await visit();
    for (const headers of [{}, { Prefer: "wait=0" }]) {
      const response = await visitor.post(execute, { input: {}, idempotencyKey: "k-1" }, headers);
      expect(response.status).toBe(409);
      expect(response.headers.get("Content-Type")).toBe("application/problem+json");
      expect(await response.json()).toMatchObject({
        code: "idempotency-key-spent",
        detail: "This idempotency key was used for a run that is over; use a new key.",
      });
    }
  });

  it.each([
    ["a key", { "482913": true }],
    ["keys beside known ones", { input: {}, "482913": "482913", "Pin 482913": 1 }],
    ["a key beside the caller", { user: "482913", "482913": 1 }],
    ["values", { input: "482913", idempotencyKey: 482913 }],
    ["a list", ["482913"]],
  ])("repeats nothing of a refused body: %s", async (_title, body) => {
    const { visit, log } = await createTestServer();
    const response = await (await visit()).post(execute, body);
    expect(response.status).toBe(422);
    expect((await response.text()) + log.join("")).not.toContain("482913");
  });

  it("names the keys that a body may have when it has another", async () => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post(execute, { inputs: {}, key: "k-1" });
    expect(await response.json()).toMatchObject({
      issues: [
        { code: "unrecognized_keys", message: "Allowed keys: input, user, sessionId, idempotencyKey.", pointer: "" },
      ],
    });
  });

  it.each([
    ["user", { input: {}, user: "alice" }],
    ["sessionId", { input: {}, sessionId: "mine" }],
  ])("refuses %s in the body of a cookie session", async (_name, body) => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post(execute, body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: "caller-in-body", status: 422 });
  });

  it.each([
    ["an unknown component", "/api/components/none/dataflows/answer/execute", "{}", 404, "unknown-component"],
    ["an unknown dataflow", "/api/components/gated/dataflows/none/execute", "{}", 404, "unknown-dataflow"],
    ["a body that is not JSON", execute, "{", 400, "malformed-body"],
    ["an empty body", execute, "", 400, "malformed-body"],
    ["a body nested too deep", execute, `{"input":{"a":${"[".repeat(64)}${"]".repeat(64)}}}`, 400, "too-deep"],
    ["a key of the prototype", execute, '{"input":{"__proto__":{"x":1}}}', 400, "forbidden-key"],
    ["an input that is no object", execute, '{"input":[]}', 422, "invalid-request"],
    ["a list", execute, "[]", 422, "invalid-request"],
    ["an unknown key", execute, '{"inputs":{}}', 422, "invalid-request"],
    ["an endless key", execute, JSON.stringify({ idempotencyKey: "k".repeat(129) }), 422, "invalid-request"],
    ["more than 1 MiB", execute, JSON.stringify({ input: { Word: "x".repeat(1024 * 1024) } }), 413, "body-too-large"],
  ])("answers %s with a problem", async (_title, path, body, status, code) => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post(path, body);
    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ type: `/problems/${code}`, code, status });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "refuses the content type %j",
    async (contentType) => {
      const { visit } = await createTestServer();
      const response = await (await visit()).post(execute, "{}", { "Content-Type": contentType });
      expect(response.status).toBe(415);
    },
  );

  it("takes a charset beside the content type, and an empty object as no input", async () => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post(execute, "{}", { "Content-Type": "application/json; charset=utf-8" });
    expect(await response.json()).toMatchObject({ status: "completed", response: { word: null } });
  });
});
