import { type Database, embeddedPostgres, openDatabase } from "@onceflow/storage";

/** The database of a URL, else the embedded one of the data folder, which goes down with it. */
export async function openServiceDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  testClock?: boolean;
  onNotice: (message: string) => void;
}): Promise<Database> {
  const { databaseUrl, dataDir, testClock = false, onNotice } = options;
  if (databaseUrl !== undefined) return openDatabase({ url: databaseUrl, testClock, onWait: onNotice });
  const server = await embeddedPostgres({ dataDir, role: "owner", onNotice });
  try {
    const database = await openDatabase({ url: server.url, testClock, onWait: onNotice });
    return {
      ...database,
      async close() {
        await database.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
