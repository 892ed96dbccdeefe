import { newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { createTestBench, type TestBench } from "@onceflow/one-time-code/testing";
import { inject, onTestFinished } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/test-database.ts";
import { postgresFixture } from "./postgres-fixture.ts";

/** A bench on a database of its own, and what another process needs to join it. */
export interface PostgresBench extends TestBench {
  readonly database: TestDatabase;
  readonly keyRingText: string;
}

/**
 * Opens one; its clock stands still.
 * @default serverUrl the PostgreSQL of the run
 */
export async function openBench(options: { maxConnections?: number; serverUrl?: string } = {}): Promise<PostgresBench> {
  const { serverUrl = inject("postgresUrl"), ...rest } = options;
  const database = await createTestDatabase(serverUrl, rest);
  onTestFinished(() => database.close());
  const keyRingText = newKeyRingText();
  const bench = createTestBench(postgresFixture(database), { keyRing: parseKeyRing(keyRingText) });
  return { ...bench, database, keyRingText };
}
