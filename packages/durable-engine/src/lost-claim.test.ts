import { createTestDatabase } from "@onceflow/storage/testing";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createEffectSteps, readEffects } from "./testing/effect-steps.ts";
import { driveRun } from "./testing/drive-run.ts";
import { effectsFile } from "./testing/effects-file.ts";
import { openEngine } from "./testing/open-engine.ts";

describe("a segment that was claimed while the database went away with the answer", () => {
  it("is run all the same, though its worker lives on", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const effects = await effectsFile();
    const lost = loseOneClaim();
    const worker = await openEngine(database.url, {
      role: "worker",
      deadAfterMs: 1000,
      steps: createEffectSteps(effects),
    });
    onTestFinished(() => worker.close());
    // What is started elsewhere is claimed from the queue.
    const engine = await openEngine(database.url, { role: "web" });
    onTestFinished(() => engine.close());
    const result = await driveRun(engine, { runId: "run-1", scenario: "answer", databaseUrl: database.url });
    expect(lost.count).toBe(1);
    expect(result.response).toMatchObject({ trail: "first second third fourth" });
    expect(readEffects(effects).map(({ step }) => step)).toEqual(["first", "second", "third", "fourth"]);
  });
});

/** Lets the commit of the next claim succeed, and whoever waits for its answer hear that the connection broke. */
function loseOneClaim(): { readonly count: number } {
  const lost = { count: 0 };
  const claiming = new WeakSet<pg.Client>();
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the client that it replaces it for
  const query = pg.Client.prototype.query;
  onTestFinished(() => void (pg.Client.prototype.query = query));
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [text] = given;
    if (typeof text === "string" && /workflow_status\s+SET status = \$1,\s+owner_xid/.test(text)) claiming.add(this);
    const answer = Reflect.apply(query, this, given) as Promise<unknown>;
    if (text !== "COMMIT" || !claiming.has(this) || lost.count > 0) return answer;
    lost.count += 1;
    return answer.then(() => Promise.reject(new Error("Connection terminated unexpectedly")));
  } as typeof query;
  return lost;
}
