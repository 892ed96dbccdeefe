import { newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { createTestBench, type TestBench } from "@onceflow/one-time-code/testing";
import { postgresFixture } from "../src/one-time-codes/testing/postgres-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../src/testing/test-database.ts";

/** A bench on a database of its own, whose clock runs. */
export interface SoakBench extends TestBench {
  readonly database: TestDatabase;
  readonly keyRingText: string;
}

/** Opens one for the time of a piece of work. */
export async function withBench<T>(
  { url, clock = "real" }: { url: string; clock?: "real" | "test" },
  work: (bench: SoakBench) => Promise<T>,
): Promise<T> {
  const database = await createTestDatabase(url, { clock });
  try {
    const keyRingText = newKeyRingText();
    const bench = createTestBench(postgresFixture(database), { keyRing: parseKeyRing(keyRingText) });
    return await work({ ...bench, database, keyRingText });
  } finally {
    await database.close();
  }
}
