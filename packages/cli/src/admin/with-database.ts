import { type Database, embeddedPostgres, openDatabase } from "@onceflow/storage";
import type { Terminal } from "../main.ts";
import type { AdminCall } from "./parse-admin-call.ts";

/**
 * Opens a call's database for one use: that of DATABASE_URL; else that of the data folder, beside the server that runs
 * on it, or started for so long.
 *
 * @throws DatabaseUnavailableError, DatabaseMismatchError
 */
export async function withDatabase<T>(
  { databaseUrl, dataDir }: AdminCall,
  { stderr }: Terminal,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const onNotice = (message: string) => stderr.write(`${message}\n`);
  if (databaseUrl !== undefined) return useUrl(databaseUrl);
  const server = await embeddedPostgres({ dataDir, role: "guest", onNotice });
  try {
    return await useUrl(server.url);
  } finally {
    await server.close();
  }

  async function useUrl(url: string): Promise<T> {
    const database = await openDatabase({ url, maxConnections: 2, patienceMs: 5000, onWait: onNotice });
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  }
}
