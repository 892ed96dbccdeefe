import { describeEngine } from "@onceflow/step-runtime/testing";
import { createTestDatabase } from "@onceflow/storage/testing";
import { inject, onTestFinished } from "vitest";
import { openEngine } from "./testing/open-engine.ts";

describeEngine("durable", async () => {
  const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  const engine = await openEngine(database.url);
  onTestFinished(async () => {
    await engine.close();
    await database.close();
  });
  return {
    ...engine,
    async advance(ms) {
      await database.pool.query("UPDATE runs.waits SET deadline = deadline - $1::bigint", [ms]);
    },
  };
});
