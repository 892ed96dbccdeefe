import { forTestCode } from "@onceflow/step-runtime/testing";
import { createTestDatabase, startMutedProxy } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { openEngine } from "./testing/open-engine.ts";

/** An engine whose database can go silent, once it listens and has used so many connections beside. */
async function open({ role, used }: { role: "web" | "all"; used: number }) {
  const served = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  const proxy = await startMutedProxy(served.url);
  const engine = await openEngine(proxy.url, { role, statementTimeoutMs: 1000, maxConnections: 2 });
  onTestFinished(async () => {
    await engine.close();
    await proxy.close();
    await served.close();
  });
  const statements = async () =>
    (
      await served.pool.query<{ query: string }>(
        "SELECT query FROM pg_stat_activity WHERE application_name = 'onceflow runs'",
      )
    ).rows;
  await expect.poll(statements).toContainEqual({ query: "LISTEN onceflow_runs" });
  await engine.get("run-1");
  await expect.poll(async () => (await statements()).filter(({ query }) => query !== "").length).toBe(1 + used);
  return { engine, proxy };
}

const run = {
  runId: "run-1",
  component: forTestCode,
  dataflowId: "get-code",
  input: {},
  caller: { clientId: "digital-workplace", userId: "user-demo", sessionId: "session-1", ipClass: null },
};

describe("an engine whose database goes silent", () => {
  it("says that it is away, and goes on over other connections", async () => {
    const { engine, proxy } = await open({ role: "web", used: 1 });
    proxy.mute();
    await expect(engine.get("run-1")).rejects.toMatchObject({ code: "store-unavailable" });
    proxy.unmute();
    for (let calls = 0; calls < 4; calls++) expect(await engine.get("run-1")).toBeNull();
  });

  it("drives its runs to their end after that", async () => {
    const { engine, proxy } = await open({ role: "all", used: 2 });
    proxy.mute();
    await expect.poll(() => proxy.waiting()).toBeGreaterThan(0);
    proxy.unmute();
    await engine.start(run);
    for await (const _ of engine.events("run-1")) continue;
    expect((await engine.get("run-1"))?.state.status).toBe("completed");
  });

  it("can be closed", async () => {
    const { engine, proxy } = await open({ role: "web", used: 1 });
    proxy.mute();
    await engine.close();
  });

  it("can be closed while it looks after its runs, which the journal's library would do for ever", async () => {
    const { engine, proxy } = await open({ role: "all", used: 2 });
    proxy.mute();
    await expect.poll(() => proxy.waiting()).toBeGreaterThan(1);
    await engine.close({ drainMs: 0 });
  });
});
