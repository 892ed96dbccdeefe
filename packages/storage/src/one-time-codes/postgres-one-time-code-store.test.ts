import type { OneTimeCodeAuditEvent } from "@onceflow/one-time-code";
import { describeOneTimeCodeStore } from "@onceflow/one-time-code/testing";
import { inject, onTestFinished } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { createPostgresOneTimeCodeStore } from "./postgres-one-time-code-store.ts";
import { readAudit } from "./testing/read-audit.ts";
import { readEverything } from "./testing/read-everything.ts";

describeOneTimeCodeStore("postgres", async () => {
  const database: TestDatabase = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  return {
    store: createPostgresOneTimeCodeStore(database),
    advance: (ms) => database.advance(ms),
    audit: async (): Promise<readonly OneTimeCodeAuditEvent[]> => readAudit(database),
    dump: () => readEverything(database),
  };
});
