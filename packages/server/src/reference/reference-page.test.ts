import { describe, expect, it } from "vitest";
import { problemKinds } from "../problems/problem-kinds.ts";
import { createTestServer } from "../testing/create-test-server.ts";

async function readPage(): Promise<{ page: string; document: string; response: Response }> {
  const { app } = await createTestServer();
  const response = await app.request("/docs");
  return { response, page: await response.text(), document: await (await app.request("/openapi.json")).text() };
}

describe("the reference page", () => {
  it("has every route with its scopes, every schema and every kind of problem", async () => {
    const { page, document } = await readPage();
    const { paths, components } = JSON.parse(document) as {
      paths: Record<string, Record<string, { operationId: string }>>;
      components: { schemas: object };
    };
    for (const [path, item] of Object.entries(paths)) {
      expect(page).toContain(`<code>${path}</code>`);
      for (const { operationId } of Object.values(item)) expect(page).toContain(`id="${operationId}"`);
    }
    for (const name of Object.keys(components.schemas)) expect(page).toContain(`id="schema-${name}"`);
    for (const code of Object.keys(problemKinds)) expect(page).toContain(`id="problem-${code}"`);
    const publish = page.slice(page.indexOf('id="publishComponent"'));
    expect(publish.slice(0, publish.indexOf("</article>"))).toMatch(
      /Open to\s+a session with scope author, an API key with scope author\./,
    );
  });

  it("links to what is on it, and to nothing elsewhere", async () => {
    const { page } = await readPage();
    const targets = [...page.matchAll(/href="([^"]+)"/g)].map(([, target = ""]) => target);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => `#${id}`));
    expect(new Set(targets.filter((target) => !ids.has(target)))).toEqual(new Set(["/openapi.json"]));
  });

  it("needs no script, so that no security policy is loosened for it", async () => {
    const { page, response } = await readPage();
    expect(response.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(page).not.toMatch(/<script|javascript:|\son\w+=/i);
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  });
});
