import { devNull } from "node:os";
import { describeEngine, type TestedEngine } from "@onceflow/step-runtime/testing";
import type { Database } from "@onceflow/storage";
import { createTestDatabase } from "@onceflow/storage/testing";
import { afterAll, beforeAll, describe, inject, onTestFinished } from "vitest";
import { openEngine, testKeys } from "./testing/open-engine.ts";
import { createPlainDatabase } from "./testing/plain-database.ts";
import { createSharedProofSigner } from "./testing/shared-proof-signer.ts";
import { spawnWorkers, type Workers } from "./testing/spawn-workers.ts";

describe("over the embedded PostgreSQL", () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  });
  afterAll(() => database.close());
  describeEngine("durable", () => createTenant(database));
});

describe("over the URL of a database, by a role that owns it and may do nothing else", () => {
  let database: Database;
  beforeAll(async () => {
    database = await createPlainDatabase(inject("postgresUrl"));
  });
  afterAll(() => database.close());
  describeEngine("durable, by URL", () => createTenant(database));
});

describe("over processes: started, answered and read in this one, driven by two others", () => {
  let database: Database;
  let workers: Workers;
  beforeAll(async () => {
    database = await createPlainDatabase(inject("postgresUrl"));
    workers = spawnWorkers(2, { databaseUrl: database.url, keys: testKeys, effects: devNull });
  });
  afterAll(async () => {
    await workers.close();
    await database.close();
  });
  describeEngine("durable, over processes", async () => {
    const tenant = crypto.randomUUID();
    await workers.serve(tenant);
    return createTenant(database, { tenant, role: "web" });
  });
});

/** An engine for a tenant of its own, so that a suite needs one database only. */
async function createTenant(
  { url, pool }: Database,
  { tenant = crypto.randomUUID(), role = "all" }: { tenant?: string; role?: "all" | "web" } = {},
): Promise<TestedEngine> {
  const proofSigner = createSharedProofSigner(testKeys);
  const engine = await openEngine(url, { tenant, role, ports: { proofSigner } });
  onTestFinished(() => engine.close());
  return {
    ...engine,
    async advance(ms) {
      const own = "run IN (SELECT id FROM runs.runs WHERE tenant = $2)";
      await pool.query(`UPDATE runs.waits SET deadline = deadline - $1::bigint WHERE ${own}`, [ms, tenant]);
    },
    proofKeys: () => proofSigner.publicKeys(),
  };
}
