import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chmod } from "node:fs/promises";
import { embeddedPostgres } from "../embedded/embedded-postgres.ts";

/** A PostgreSQL for one run of tests. */
export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The server of DATABASE_URL, else an embedded one in a new folder that goes with it. */
export async function startTestServer({ settings = [] }: { settings?: readonly string[] } = {}): Promise<TestServer> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "") return { url: given, close: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), "onceflow-test-"));
  await chmod(dataDir, 0o755);
  const server = await embeddedPostgres({ dataDir, role: "owner", settings });
  return {
    url: server.url,
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
