import { newKeyRingText } from "@onceflow/one-time-code";
import { createLog } from "@onceflow/server";
import { createTestDatabase, type TestDatabase } from "@onceflow/storage/testing";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { createDemo } from "../create-demo.ts";
import type { Demo, DemoOptions } from "../create-demo.ts";

/** A demo on a database of its own. */
export interface TestDemo extends Demo {
  readonly database: TestDatabase;
  /** What was logged, line by line. */
  readonly log: readonly string[];
}

/**
 * Starts one; its clock is the database's, and stands still until `database.advance`.
 * @default options.serverUrl the PostgreSQL of the run
 */
export async function createTestDemo({
  serverUrl = inject("postgresUrl"),
  ...options
}: DemoOptions & { serverUrl?: string } = {}): Promise<TestDemo> {
  const database = await createTestDatabase(serverUrl);
  const log: string[] = [];
  const demo = await createDemo({
    port: 0,
    databaseUrl: database.url,
    testClock: true,
    dataDir: join(tmpdir(), "onceflow-no-data"),
    keyRing: newKeyRingText(),
    log: createLog({ destination: { write: (line) => void log.push(line) } }),
    ...options,
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return {
    ...demo,
    database,
    log,
    async close() {
      await demo.close();
      await database.close();
    },
  };
}
