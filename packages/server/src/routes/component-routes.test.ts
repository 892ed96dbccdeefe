import { printComponent } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";
import { gatedComponent } from "../testing/gated-component.ts";

const path = "/api/components/gated";

describe("components", () => {
  it("are listed by id with name and version", async () => {
    const { visit } = await createTestServer();
    expect(await (await (await visit()).get("/api/components")).json()).toEqual({
      components: [{ id: "gated", name: { en: "Gated", fr: "À barrière" }, version: 1, publishedVersion: 1 }],
    });
  });

  it("are listed to who is no author as they are published, and not at all before", async () => {
    const { program } = await createTestServer();
    const author = await program("portal", "author");
    await author.put(path, { ...gatedComponent, name: "Secret plan" });
    await author.put("/api/components/next", { ...gatedComponent, id: "next", name: "Secret plan" });
    const response = await (await program("portal", "execute")).get("/api/components");
    expect(await response.json()).toEqual({
      components: [{ id: "gated", name: gatedComponent.name, version: 1, publishedVersion: 1 }],
    });
  });

  it("are printed canonically, with the version as ETag, and as a file when asked", async () => {
    const { visit, components } = await createTestServer();
    const visitor = await visit();
    const response = await visitor.get(path);
    const stored = await components.get("gated");
    expect(response.headers.get("ETag")).toBe('"1"');
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(response.headers.get("Content-Disposition")).toBeNull();
    expect(await response.text()).toBe(stored && printComponent(stored.component));
    expect((await visitor.get(path, { "If-None-Match": '"1"' })).status).toBe(304);
    const file = await visitor.get(`${path}?download`);
    expect(file.headers.get("Content-Disposition")).toBe('attachment; filename="gated.component.json"');
    expect((await visitor.get("/api/components/none")).status).toBe(404);
  });

  it("are stored under the id of the address, the first time with 201", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const again = await visitor.put(path, gatedComponent);
    expect(again.status).toBe(200);
    expect(again.headers.get("ETag")).toBe('"2"');
    expect(await again.json()).toMatchObject({ id: "gated", version: 2, issues: expect.any(Array) });
    const first = await visitor.put(
      "/api/components/other",
      { ...gatedComponent, id: "other" },
      { "If-None-Match": "*" },
    );
    expect(first.status).toBe(201);
    const differs = await visitor.put("/api/components/third", gatedComponent);
    expect(differs.status).toBe(422);
    expect(await differs.json()).toMatchObject({
      code: "invalid-component",
      issues: [{ code: "component-id-differs", pointer: "/id", line: 1 }],
    });
  });

  it.each([
    ["the version there is", { "If-Match": '"1"' }, 200],
    ["any version", { "If-Match": "*" }, 200],
    ["an older version", { "If-Match": '"7"' }, 412],
    ["no version yet", { "If-None-Match": "*" }, 412],
    ["a weak tag", { "If-Match": 'W/"1"' }, 400],
  ])("are stored over %s or not at all", async (_title, headers, status) => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    expect((await visitor.put(path, gatedComponent, headers)).status).toBe(status);
    expect((await visitor.get(path)).headers.get("ETag")).toBe(status === 200 ? '"2"' : '"1"');
  });

  it("cannot be overwritten by two who started from the same version", async () => {
    const { visit } = await createTestServer();
    const [one, other] = [await visit(), await visit()];
    const statuses = (
      await Promise.all([one, other].map((visitor) => visitor.put(path, gatedComponent, { "If-Match": '"1"' })))
    ).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 412]));
  });

  it("are refused with a hundred errors when there are thousands", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const steps = Array.from({ length: 3000 }, (_, index) => ({ id: `s-${index}`, type: "nothing", name: "Nothing" }));
    const stages = [{ id: "only", name: "Only", steps }];
    const broken = { ...gatedComponent, dataflows: [{ id: "broken", name: "Broken", stages }] };
    const response = await visitor.put(path, broken);
    expect(response.status).toBe(422);
    const { issues } = (await response.json()) as { issues: { severity: string }[] };
    expect(issues).toHaveLength(100);
    expect(issues.every(({ severity }) => severity === "error")).toBe(true);
  });

  it("are refused with every error in place", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const broken = structuredClone(gatedComponent);
    for (const dataflow of broken.dataflows)
      for (const stage of dataflow.stages)
        for (const step of stage.steps) if (step.id === "reply") step.type = "write-respose";
    const response = await visitor.put(path, JSON.stringify(broken, null, 2));
    expect(response.status).toBe(422);
    const { code, issues } = (await response.json()) as { code: string; issues: Record<string, unknown>[] };
    expect(code).toBe("invalid-component");
    expect(issues).toContainEqual(
      expect.objectContaining({
        severity: "error",
        code: "unknown-step-type",
        stepId: "reply",
        line: expect.any(Number),
        column: expect.any(Number),
      }),
    );
    expect((await visitor.get(path)).headers.get("ETag")).toBe('"1"');
  });

  it.each([
    ["not JSON", "{", 422, "invalid-component"],
    ["keys of the prototype", '{"__proto__": {}}', 422, "invalid-component"],
    ["a nesting of a million", "[".repeat(1_000_000), 422, "invalid-component"],
    ["more than 8 MiB", " ".repeat(8 * 1024 * 1024 + 1), 413, "body-too-large"],
  ])("are refused when they are %s", async (_title, body, status, code) => {
    const { visit } = await createTestServer();
    const response = await (await visit()).put(path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});
