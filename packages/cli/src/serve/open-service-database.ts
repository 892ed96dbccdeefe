import { type Database, embeddedPostgres, openDatabase } from "@onceflow/storage";

/**
 * The database of a URL, else the embedded one of the data folder, which goes down with it.
 *
 * @param options.signal aborted: one that does not answer yet is waited for no longer
 */
export async function openServiceDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  testClock?: boolean;
  signal?: AbortSignal;
  onNotice: (message: string) => void;
}): Promise<Database> {
  const { databaseUrl, dataDir, testClock = false, onNotice, signal } = options;
  const onWait = (message: string) => {
    signal?.throwIfAborted();
    onNotice(message);
  };
  if (databaseUrl !== undefined) return openDatabase({ url: databaseUrl, testClock, onWait });
  const server = await embeddedPostgres({ dataDir, role: "owner", onNotice });
  try {
    const database = await openDatabase({ url: server.url, testClock, onWait });
    return {
      ...database,
      async close() {
        try {
          await database.close();
        } finally {
          await server.close();
        }
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
