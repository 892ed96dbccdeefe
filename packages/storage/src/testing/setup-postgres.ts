import type { TestProject } from "vitest/node";
import { startTestServer } from "./test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A database on the run's PostgreSQL, see createTestDatabase(). */
    postgresUrl: string;
  }
}

/** For a `globalSetup` of vitest: one PostgreSQL for the run. Its data may go with the run, so nothing is synced. */
export async function setupPostgres(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer({ settings: ["fsync=off", "full_page_writes=off"] });
  project.provide("postgresUrl", server.url);
  return () => server.close();
}
