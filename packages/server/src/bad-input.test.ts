import { once } from "node:events";
import { createMemoryComponentStore } from "@onceflow/step-runtime/memory";
import { parseComponent } from "@onceflow/step-runtime";
import { beforeAll, describe, expect, it } from "vitest";
import type { Execution } from "./runs/run-schema.ts";
import { createTestServer } from "./testing/create-test-server.ts";
import { gatedComponent } from "./testing/gated-component.ts";
import { type ServedTestServer, serve } from "./testing/serve.ts";

const execute = "/api/components/gated/dataflows/ask/execute";
const json = { "Content-Type": "application/json" };
const deep = `${'{"input":'.repeat(65)}{}${"}".repeat(65)}`;

/** What a row of the table is sent to: a server behind a port, with a run that waits and a key of its client. */
interface World extends ServedTestServer {
  readonly send: (method: string, path: string, body?: BodyInit, headers?: HeadersInit) => Promise<Response>;
  readonly post: (path: string, body: object, headers?: HeadersInit) => Promise<Response>;
  readonly waiting: Execution;
  /** Where the waiting run is answered. */
  readonly answers: string;
}

async function open(): Promise<World> {
  const served = await serve({ bodyTimeoutMs: 100 });
  await served.components.put(componentOf({ ...gatedComponent, id: "unpublished" }));
  const { token } = await served.program("portal", "author", "execute", "operate");
  const authorization = { Authorization: `Bearer ${token}` };
  const send: World["send"] = (method, path, body, headers = json) =>
    fetch(served.url + path, {
      method,
      headers: { ...authorization, ...Object.fromEntries(new Headers(headers)) },
      // fetch wants it for streams; not every declaration of RequestInit knows it.
      ...(body === undefined ? {} : { body, duplex: "half" }),
    });
  const post: World["post"] = (path, body, headers = {}) =>
    send("POST", path, JSON.stringify(body), { ...json, ...Object.fromEntries(new Headers(headers)) });
  const waiting = (await (await post(`/api/components/gated/dataflows/ask-briefly/execute`, {})).json()) as Execution;
  const answers = `/api/runs/${waiting.runId}/answers/${waiting.modal?.token ?? ""}`;
  return { ...served, send, post, waiting, answers };
}

function componentOf(document: object) {
  const { component } = parseComponent(JSON.stringify(document));
  if (component === null) throw new Error("This is no component.");
  return component;
}

/** A body that begins and never ends. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) });
}

type Row = readonly [
  title: string,
  route: string,
  status: number,
  code: string,
  send: (world: World) => Promise<Response>,
];

const route = {
  execute: "post /api/components/{id}/dataflows/{dataflowId}/execute",
  answer: "post /api/runs/{id}/answers/{token}",
  put: "put /api/components/{id}",
  get: "get /api/components/{id}",
  versions: "get /api/components/{id}/versions",
  publish: "post /api/components/{id}/publish",
  runs: "get /api/runs",
  run: "get /api/runs/{id}",
  steps: "get /api/runs/{id}/steps",
  events: "get /api/runs/{id}/events",
  cancel: "post /api/runs/{id}/cancel",
  audit: "get /api/audit",
  unlock: "post /api/users/{id}/unlock",
} as const;

const rows: readonly Row[] = [
  ["a body that is not JSON", route.execute, 400, "malformed-body", ({ send }) => send("POST", execute, "{")],
  ["no body", route.execute, 400, "malformed-body", ({ send }) => send("POST", execute)],
  ["no UTF-8", route.execute, 400, "malformed-body", ({ send }) => send("POST", execute, new Uint8Array([0xff, 0xfe]))],
  ["nesting", route.execute, 400, "too-deep", ({ send }) => send("POST", execute, deep)],
  ["a million levels", route.execute, 400, "too-deep", ({ send }) => send("POST", execute, "[".repeat(1_000_000))],
  ["prototypes", route.execute, 400, "forbidden-key", ({ send }) => send("POST", execute, '{"input":{"__proto__":1}}')],
  ["a large body", route.execute, 413, "body-too-large", ({ send }) => send("POST", execute, " ".repeat(1_048_577))],
  ["a slow body", route.execute, 408, "body-too-slow", (world) => slowly(world, execute)],
  [
    "a form",
    route.execute,
    415,
    "wrong-content-type",
    ({ send }) => send("POST", execute, new URLSearchParams("a=b"), {}),
  ],
  [
    "a compressed body",
    route.execute,
    415,
    "wrong-content-type",
    ({ post }) => post(execute, {}, { "Content-Encoding": "gzip" }),
  ],
  ["a list", route.execute, 422, "invalid-request", ({ send }) => send("POST", execute, "[]")],
  ["an input that is text", route.execute, 422, "invalid-request", ({ post }) => post(execute, { input: "Word" })],
  ["an unknown key", route.execute, 422, "invalid-request", ({ post }) => post(execute, { inputs: {} })],
  ["an unknown version", route.execute, 422, "invalid-request", ({ post }) => post(`${execute}?version=7`, {})],
  ["an unknown user", route.execute, 422, "unknown-caller", ({ post }) => post(execute, { user: "nobody-here" })],
  [
    "an unknown component",
    route.execute,
    404,
    "unknown-component",
    ({ post }) => post(execute.replace("gated", "none"), {}),
  ],
  [
    "an unknown dataflow",
    route.execute,
    404,
    "unknown-dataflow",
    ({ post }) => post(execute.replace("/ask/", "/none/"), {}),
  ],
  [
    "an unpublished component",
    route.execute,
    409,
    "not-published",
    ({ post }) => post(execute.replace("gated", "unpublished"), {}),
  ],
  [
    "another call's idempotency key",
    route.execute,
    409,
    "idempotency-key-reused",
    async ({ post }) => {
      const body = { idempotencyKey: "key-1", sessionId: "session-1" };
      expect((await post(execute, body)).status).toBe(200);
      return post(execute.replace("/ask/", "/answer/"), body);
    },
  ],
  [
    "a run that there is not",
    route.answer,
    404,
    "unknown-run",
    ({ post }) => post("/api/runs/none/answers/none", { answerId: "a" }),
  ],
  [
    "a question that there is not",
    route.answer,
    404,
    "unknown-question",
    ({ post, waiting }) => post(`/api/runs/${waiting.runId}/answers/none`, { answerId: "a" }),
  ],
  [
    "a second answer",
    route.answer,
    409,
    "answer-expired",
    async ({ post, answers }) => {
      expect((await post(answers, { answerId: "a-1" })).status).toBe(200);
      return post(answers, { answerId: "a-2" });
    },
  ],
  [
    "an answer after the deadline",
    route.answer,
    409,
    "answer-expired",
    async ({ post, answers, clock }) => {
      clock.advance(60_000);
      return post(answers, { answerId: "a-1" });
    },
  ],
  [
    "an answer after the run was cancelled",
    route.answer,
    409,
    "answer-expired",
    async ({ post, answers, waiting }) => {
      expect((await post(`/api/runs/${waiting.runId}/cancel`, {})).status).toBe(200);
      return post(answers, { answerId: "a-1" });
    },
  ],
  [
    "a value of another type",
    route.answer,
    422,
    "invalid-answer",
    ({ post, answers }) => post(answers, { answerId: "a", value: { Word: 1 } }),
  ],
  [
    "a definition that is not asked for",
    route.answer,
    422,
    "invalid-answer",
    ({ post, answers }) => post(answers, { answerId: "a", value: { Pin: "1" } }),
  ],
  ["an answer without its id", route.answer, 422, "invalid-request", ({ post, answers }) => post(answers, {})],
  [
    "an answer as another user",
    route.answer,
    422,
    "caller-in-body",
    ({ post, answers }) => post(answers, { answerId: "a", user: "demo" }),
  ],
  ["a slow answer", route.answer, 408, "body-too-slow", (world) => slowly(world, world.answers)],
  [
    "a wrong ETag",
    route.put,
    412,
    "version-conflict",
    ({ send }) => send("PUT", "/api/components/gated", JSON.stringify(gatedComponent), { ...json, "If-Match": '"7"' }),
  ],
  [
    "an ETag that is none",
    route.put,
    400,
    "malformed-header",
    ({ send }) => send("PUT", "/api/components/gated", JSON.stringify(gatedComponent), { ...json, "If-Match": "7" }),
  ],
  [
    "a component that is not JSON",
    route.put,
    422,
    "invalid-component",
    ({ send }) => send("PUT", "/api/components/gated", "{"),
  ],
  [
    "a component that is too deep",
    route.put,
    422,
    "invalid-component",
    ({ send }) => send("PUT", "/api/components/gated", deep),
  ],
  [
    "a component that is too large",
    route.put,
    413,
    "body-too-large",
    ({ send }) => send("PUT", "/api/components/gated", " ".repeat(8 * 1_048_576 + 1)),
  ],
  ["an unknown component", route.get, 404, "unknown-component", ({ send }) => send("GET", "/api/components/none")],
  [
    "an unpublished version",
    route.get,
    409,
    "not-published",
    ({ send }) => send("GET", "/api/components/unpublished?version=published"),
  ],
  [
    "an unknown version",
    route.get,
    404,
    "unknown-version",
    ({ send }) => send("GET", "/api/components/gated?version=7"),
  ],
  [
    "a version that is no number",
    route.get,
    422,
    "invalid-request",
    ({ send }) => send("GET", "/api/components/gated?version=1.5"),
  ],
  [
    "an unknown component",
    route.versions,
    404,
    "unknown-component",
    ({ send }) => send("GET", "/api/components/none/versions"),
  ],
  [
    "an unknown component",
    route.publish,
    404,
    "unknown-component",
    ({ post }) => post("/api/components/none/publish", {}),
  ],
  [
    "an unknown version",
    route.publish,
    404,
    "unknown-version",
    ({ post }) => post("/api/components/gated/publish?version=7", {}),
  ],
  [
    "a wrong ETag",
    route.publish,
    412,
    "version-conflict",
    ({ post }) => post("/api/components/gated/publish", {}, { "If-Match": '"7"' }),
  ],
  ["an unknown status", route.runs, 422, "invalid-request", ({ send }) => send("GET", "/api/runs?status=lost")],
  ["an unknown run", route.run, 404, "unknown-run", ({ send }) => send("GET", "/api/runs/none")],
  ["an unknown run", route.steps, 404, "unknown-run", ({ send }) => send("GET", "/api/runs/none/steps")],
  ["an unknown run", route.events, 404, "unknown-run", ({ send }) => send("GET", "/api/runs/none/events")],
  [
    "an event id that is none",
    route.events,
    400,
    "malformed-header",
    ({ send, waiting }) => send("GET", `/api/runs/${waiting.runId}/events`, undefined, { "Last-Event-ID": "-1" }),
  ],
  ["an unknown run", route.cancel, 404, "unknown-run", ({ post }) => post("/api/runs/none/cancel", {})],
  ["a limit of nothing", route.audit, 422, "invalid-request", ({ send }) => send("GET", "/api/audit?limit=0")],
  ["an unknown user", route.unlock, 404, "unknown-user", ({ post }) => post("/api/users/nobody-here/unlock", {})],
];

async function slowly({ send }: Pick<World, "send">, path: string): Promise<Response> {
  return send("POST", path, endless() as BodyInit);
}

describe("bad input", () => {
  let documented: Record<string, Record<string, { responses: Record<string, { description: string }> }>>;
  beforeAll(async () => {
    const { app } = await createTestServer();
    documented = ((await (await app.request("/openapi.json")).json()) as { paths: typeof documented }).paths;
  });

  it.each(rows)("%s: %s answers %i %s", async (_title, to, status, code, send) => {
    const world = await open();
    const response = await send(world);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ type: `/problems/${code}`, code, status, detail: expect.any(String) });
    // No stack, and no path of ours.
    expect(text).not.toMatch(/ {4}at |node_modules|\.ts\b/);
    expect(world.log.join("")).not.toContain("request failed");
    const [method = "", path = ""] = to.split(" ");
    expect(documented[path]?.[method]?.responses[status]?.description.split(", ")).toContain(code);
    // Whoever sent it, the server answers the next one.
    expect((await world.send("GET", "/api/components/gated")).status).toBe(200);
  });

  it.each([
    ["no HTTP", "HELO localhost\r\n\r\n", 400],
    [
      "headers of more than 16 KiB",
      `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(17_000)}\r\n\r\n`,
      431,
    ],
  ])("%s is answered %i, and the connection closed", async (_title, request, status) => {
    const { connect } = await serve();
    const socket = connect();
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    socket.write(request);
    await once(socket, "close");
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toContain("    at ");
  });
});

describe("a component that is gone", () => {
  it("starts no run, and the runs that it started go on", async () => {
    const store = createMemoryComponentStore();
    await store.put(componentOf(gatedComponent));
    await store.publish("gated", 1);
    let gone = false;
    const components: typeof store = { ...store, get: async (...given) => (gone ? null : store.get(...given)) };
    const { program } = await createTestServer({ components });
    const portal = await program("portal", "execute");
    const waiting = (await (await portal.post(execute, {})).json()) as Execution;
    gone = true;
    expect(await (await portal.post(execute, {})).json()).toMatchObject({ code: "unknown-component" });
    const value = { Word: "ode" };
    const path = `/api/runs/${waiting.runId}/answers/${waiting.modal?.token ?? ""}`;
    const answer = await portal.post(path, { value, answerId: "a-1" });
    expect(await answer.json()).toMatchObject({ status: "completed", response: { word: "ode" } });
  });
});
