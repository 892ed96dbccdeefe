import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { isConnectionFailure } from "../database/store-unavailable-error.ts";
import { clusterPlace, fallbackFolder, findCluster } from "./cluster-place.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { findServer, initCluster, type PostgresServer, startServer } from "./postgres-server.ts";

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

// Any numbers will do, as long as they are always the same ones.
const ownerLock = 7_305_211_904;
const guestLock = 7_305_211_905;

/**
 * The PostgreSQL of a data folder: started, or taken over when it still runs because the process that started it
 * was killed. Root starts it as the user whose the data is, and a new one as the user `postgres`.
 *
 * @throws DataFolderInUseError when a second owner comes; an error with the code `data-folder-closed` when the user of
 * the data cannot reach it
 */
export async function embeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { role, onNotice = () => {}, settings = [] } = options;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const { folder, server, started } = await findOrStart(dataDir, settings);
  const hold = await unlessGone(() => (role === "guest" ? visit(server) : own(server)));
  // It was stopped by whoever started it: start over.
  if (hold === "gone") return embeddedPostgres(options);
  if (hold === null) throw new DataFolderInUseError(dataDir);
  if (folder !== join(dataDir, "postgres")) {
    onNotice(
      `The database of ${dataDir} is in ${folder}: the user "postgres", as whom it runs, could not enter the data folder when it was made. To have it there, let that user enter it and every folder above, stop the server and move ${folder} into it.`,
    );
  }
  const release = () => hold.end().catch(() => undefined);
  return {
    url: server.url,
    folder,
    async close() {
      // The owner's lock lasts until the server is gone, so that nobody takes over what is about to stop.
      if (role === "owner") return server.stop().finally(release);
      await release();
      if (started) await leave(server);
    },
  };
}

/** The server of a data folder, where it is, and whether it was started for this call. */
async function findOrStart(
  dataDir: string,
  settings: readonly string[],
): Promise<{ readonly folder: string; readonly server: PostgresServer; readonly started: boolean }> {
  for (let tries = 1; ; tries += 1) {
    const known = await findCluster(dataDir);
    const found = known === null ? null : await findServer(known);
    if (known !== null && found !== null) return { folder: known, server: found, started: false };
    const { folder, user } = await clusterPlace(dataDir);
    const binaries = await postgresBinaries(user, fallbackFolder);
    await initCluster(folder, { binaries, user });
    try {
      return { folder, server: await startServer(folder, { binaries, user, settings }), started: true };
    } catch (error) {
      // Another process was faster to start it, or is about to stop it.
      if (tries === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * tries));
    }
  }
}

/**
 * The PostgreSQL that runs on a data folder; null when none does. It starts nothing, and may be gone at any time.
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<Pick<EmbeddedPostgres, "url"> | null> {
  const folder = await findCluster(resolve(dataDir));
  return folder === null ? null : findServer(folder);
}

/** The lock of the one owner: it lasts as long as this connection, so it is gone with a killed process. */
async function own(server: PostgresServer): Promise<pg.Client | null> {
  const client = await connect(server);
  const { rows } = await client.query<{ owned: boolean }>("SELECT pg_try_advisory_lock($1) AS owned", [ownerLock]);
  if (rows[0]?.owned === true) return client;
  await client.end();
  return null;
}

/** The lock that guests share, so that none of them stops the server under another. */
async function visit(server: PostgresServer): Promise<pg.Client> {
  const client = await connect(server);
  await client.query("SELECT pg_advisory_lock_shared($1)", [guestLock]);
  return client;
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | "gone"> {
  try {
    return await call();
  } catch (error) {
    if (isConnectionFailure(error)) return "gone";
    throw error;
  }
}

async function connect({ url }: PostgresServer): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Stops a server that a guest started, once the other guests have left and unless an owner came meanwhile. */
async function leave(server: PostgresServer): Promise<void> {
  // Gone: an owner came and stopped it.
  await unlessGone(async () => {
    const last = await connect(server);
    await last.query("SELECT pg_advisory_lock($1)", [guestLock]);
    const owner = await own(server);
    // Who waits for the guests' lock now starts the server anew.
    if (owner !== null) await server.stop();
    await Promise.allSettled([last.end(), owner?.end()]);
  });
}
