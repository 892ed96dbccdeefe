import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { postgresBinaries } from "./postgres-binaries.ts";
import { findServer, initCluster, type PostgresServer, startServer } from "./postgres-server.ts";
import { runAs, serverUser } from "./server-user.ts";

/** Another process owns the database of a data folder. */
export class DataFolderInUseError extends Error {
  override readonly name = "DataFolderInUseError";
  readonly code = "data-folder-in-use";
  readonly dataDir: string;
  constructor(dataDir: string) {
    super(
      `Another process already serves the data folder ${dataDir}. Stop it first, or choose another folder with DATA_DIR.`,
    );
    this.dataDir = dataDir;
  }
}

/** An embedded PostgreSQL in the hands of this process. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Where it keeps its data: in the data folder, or in a folder that its user can reach. */
  readonly folder: string;
  /** Gives the folder up; the owner's call stops the server. */
  close(): Promise<void>;
}

/** How to start it. */
export interface EmbeddedPostgresOptions {
  /** Made when it is missing. */
  readonly dataDir: string;
  /** `owner`: the one process that serves the folder. `guest`: a command that works on it, beside its owner or alone. */
  readonly role: "owner" | "guest";
  /** Told when the data has to be somewhere else than asked for. */
  readonly onNotice?: (message: string) => void;
  /** Further settings of the server, such as `fsync=off` for tests. */
  readonly settings?: readonly string[];
}

// Any number will do, as long as it is always the same one.
const ownerLock = 7_305_211_904;

/**
 * The PostgreSQL of a data folder: started, or taken over when it still runs because the process that started it
 * was killed. Root starts it as the user `postgres`.
 *
 * @throws DataFolderInUseError when a second owner comes
 */
export async function embeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { role, onNotice = () => {}, settings = [] } = options;
  const dataDir = resolve(options.dataDir);
  const user = await serverUser();
  const fallback = join("/var/tmp", "onceflow", createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
  await mkdir(dataDir, { recursive: true });
  const reachable = await runAs(user, "test", ["-x", dataDir]);
  const folder = join(reachable ? dataDir : fallback, "postgres");
  if (!reachable) {
    onNotice(
      `PostgreSQL runs as the user "postgres", who cannot reach ${dataDir}. Its data is in ${folder} instead; to have it in the data folder, choose one whose parents that user may enter.`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const found = await findServer(folder);
  let server = found;
  if (server === null) {
    const binaries = await postgresBinaries(user, join("/var/tmp", "onceflow"));
    await initCluster(folder, { binaries, user });
    server = await startServer(folder, { binaries, user, settings }).catch(async (error: unknown) => {
      // Two that start at once: the other one was faster.
      const other = await findServer(folder);
      if (other === null) throw error;
      return other;
    });
  }
  if (role === "guest") {
    return { url: server.url, folder, close: async () => (found === null ? leave(server) : undefined) };
  }
  const owner = await own(server);
  if (owner === null) throw new DataFolderInUseError(dataDir);
  return {
    url: server.url,
    folder,
    async close() {
      await owner.end().catch(() => undefined);
      await server.stop();
    },
  };
}

/** The lock of the one owner: it lasts as long as this connection, so it is gone with a killed process. */
async function own({ url }: PostgresServer): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ owned: boolean }>("SELECT pg_try_advisory_lock($1) AS owned", [ownerLock]);
  if (rows[0]?.owned === true) return client;
  await client.end();
  return null;
}

/** Stops a server that a guest started, unless an owner came meanwhile. */
async function leave(server: PostgresServer): Promise<void> {
  const owner = await own(server);
  if (owner === null) return;
  await owner.end();
  await server.stop();
}
