import type { OneTimeCodeStoreFixture } from "@onceflow/one-time-code/testing";
import type { TestDatabase } from "../../testing/test-database.ts";
import { createPostgresOneTimeCodeStore } from "../postgres-one-time-code-store.ts";
import { readAudit } from "./read-audit.ts";
import { readEverything } from "./read-everything.ts";

/** The code store of a database whose clock is a test's. */
export function postgresFixture(database: TestDatabase): OneTimeCodeStoreFixture {
  return {
    store: createPostgresOneTimeCodeStore(database),
    advance: (ms) => database.advance(ms),
    audit: () => readAudit(database),
    dump: () => readEverything(database),
  };
}
