import { describeOneTimeCodeStore } from "@onceflow/one-time-code/testing";
import { inject, onTestFinished } from "vitest";
import { createTestDatabase } from "../testing/test-database.ts";
import { postgresFixture } from "./testing/postgres-fixture.ts";

describeOneTimeCodeStore("postgres", async () => {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  return postgresFixture(database);
});
