import { createTestDatabase } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createEffectSteps, effectComponent } from "../testing/effect-steps.ts";
import { effectsFile } from "../testing/effects-file.ts";
import { openEngine } from "../testing/open-engine.ts";

describe("a worker", () => {
  it("takes on no more runs than it has room for, however many are started at once", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    let under = 0;
    let most = 0;
    const steps = createEffectSteps(await effectsFile(), async (moment) => {
      under += moment === "before" ? 1 : -1;
      most = Math.max(most, under);
      await new Promise((resolve) => setImmediate(resolve));
    });
    const engine = await openEngine(database.url, { steps, concurrency: 2 });
    onTestFinished(() => engine.close());
    const runIds = Array.from({ length: 30 }, (_, index) => `run-${index + 1}`);
    const caller = { clientId: "portal", userId: null, sessionId: "session-1", ipClass: null };
    const run = { component: effectComponent(), dataflowId: "main", input: {}, caller };
    await Promise.all(runIds.map((runId) => engine.start({ ...run, runId })));
    for (const runId of runIds) {
      for await (const { type } of engine.events(runId)) if (type === "run-suspended") break;
    }
    // Of its own, and of the queue.
    expect(most).toBeLessThanOrEqual(4);
  });
});
