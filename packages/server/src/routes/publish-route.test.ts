import { parseComponent } from "@onceflow/step-runtime";
import { createMemoryComponentStore } from "@onceflow/step-runtime/memory";
import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";
import { gatedComponent } from "../testing/gated-component.ts";

const path = "/api/components/gated";
const execute = `${path}/dataflows/answer/execute`;

/** The component, its dataflow `answer` answering with another status than 201. */
const answering = (status: number): string =>
  JSON.stringify(gatedComponent).replace('"status":201', `"status":${status}`);

/** A server whose component `gated` is published in version 1, which answers 201, and stored in version 2: 202. */
async function setUp() {
  const server = await createTestServer();
  const author = await server.program("portal", "author", "execute");
  expect((await author.put(path, answering(202))).status).toBe(200);
  const statusOf = async (response: Response): Promise<unknown> =>
    ((await response.json()) as { responseStatus: number }).responseStatus;
  return { ...server, author, statusOf };
}

describe("the published version", () => {
  it("is the one that runs, until another is published", async () => {
    const { author, statusOf } = await setUp();
    expect(await statusOf(await author.post(execute, {}))).toBe(201);
    const published = await author.post(`${path}/publish`, {}, { "If-Match": '"2"' });
    expect(published.status).toBe(200);
    expect(published.headers.get("ETag")).toBe('"2"');
    expect(await published.json()).toEqual({ id: "gated", publishedVersion: 2 });
    expect(await statusOf(await author.post(execute, {}))).toBe(202);
    expect(await (await author.post(`${path}/publish?version=1`, {})).json()).toMatchObject({ publishedVersion: 1 });
    expect(await statusOf(await author.post(execute, {}))).toBe(201);
  });

  it("is in the history, newest first, and in the list", async () => {
    const { author } = await setUp();
    expect(await (await author.get(`${path}/versions`)).json()).toEqual({
      versions: [
        { version: 2, storedAt: expect.any(Number), published: false },
        { version: 1, storedAt: expect.any(Number), published: true },
      ],
    });
    expect(await (await author.get("/api/components")).json()).toMatchObject({
      components: [{ id: "gated", version: 2, publishedVersion: 1 }],
    });
  });

  it("is what a caller reads who is no author; an author reads any", async () => {
    const { author, program } = await setUp();
    const client = await program("portal", "execute");
    expect((await client.get(path)).headers.get("ETag")).toBe('"1"');
    for (const version of ["draft", "1"]) {
      const refused = await client.get(`${path}?version=${version}`);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: "missing-scope" });
    }
    for (const [query, etag] of [
      ["", '"2"'],
      ["?version=draft", '"2"'],
      ["?version=published", '"1"'],
      ["?version=1", '"1"'],
    ]) {
      expect((await author.get(path + query)).headers.get("ETag")).toBe(etag);
    }
  });

  it("stays with a run that started with it", async () => {
    const { author, gate } = await setUp();
    gate.close();
    const started = await author.post(execute, {}, { Prefer: "wait=0" });
    const { runId } = (await started.json()) as { runId: string };
    await author.post(`${path}/publish`, {});
    gate.open();
    await (await author.get(`/api/runs/${runId}/events`)).text();
    expect(await (await author.get(`/api/runs/${runId}`)).json()).toMatchObject({ responseStatus: 201 });
  });

  it.each([
    ["another version in If-Match than the newest", "/publish", { "If-Match": '"1"' }, 412, "version-conflict"],
    ["an If-Match that is no tag", "/publish", { "If-Match": "2" }, 400, "malformed-header"],
    ["a version that there is not", "/publish?version=3", {}, 404, "unknown-version"],
    ["a version that is no number", "/publish?version=newest", {}, 422, "invalid-request"],
  ])("is not changed by %s", async (_title, route, headers, status, code) => {
    const { author } = await setUp();
    const response = await author.post(path + route, {}, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    if (status === 412) expect(response.headers.get("ETag")).toBe('"2"');
    expect((await author.get(`${path}?version=published`)).headers.get("ETag")).toBe('"1"');
  });

  it("is nothing of a component that there is not", async () => {
    const { author } = await setUp();
    for (const response of [
      await author.post("/api/components/none/publish", {}),
      await author.get("/api/components/none/versions"),
      await author.get("/api/components/none?version=published"),
      await author.post("/api/components/none/dataflows/answer/execute", {}),
    ]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "unknown-component" });
    }
  });
});

describe("a draft", () => {
  it("runs for an author who asks for it, and for nobody else", async () => {
    const { author, program, statusOf } = await setUp();
    expect(await statusOf(await author.post(`${execute}?version=draft`, {}))).toBe(202);
    const client = await program("portal", "execute");
    const refused = await client.post(`${execute}?version=draft`, {});
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: "missing-scope" });
    expect((await author.post(`${execute}?version=2`, {})).status).toBe(422);
  });

  it("does not run by itself where nothing was published", async () => {
    const components = createMemoryComponentStore();
    const { component } = parseComponent(JSON.stringify(gatedComponent));
    if (component !== null) await components.put(component);
    const { program } = await createTestServer({ components });
    const author = await program("portal", "author", "execute");
    for (const response of [await author.post(execute, {}), await author.get(`${path}?version=published`)]) {
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ code: "not-published" });
    }
    expect((await author.post(`${execute}?version=draft`, {})).status).toBe(200);
  });
});
