import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { isConnectionFailure } from "../database/store-unavailable-error.ts";
import { ownFolder } from "./own-folder.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { findServer, initCluster, type PostgresServer, startServer } from "./postgres-server.ts";
import { runAs, type ServerUser, serverUser } from "./server-user.ts";

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

/** For what the server's user cannot reach where it is. */
const fallbackFolder = "/var/tmp/onceflow";

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
  await mkdir(dataDir, { recursive: true });
  const { folder, reachable } = await clusterFolder(dataDir, user);
  if (!reachable) {
    onNotice(
      `PostgreSQL runs as the user "postgres", who cannot reach ${dataDir}. Its data is in ${folder} instead; to have it in the data folder, choose one whose parents that user may enter.`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const { server, started } = await findOrStart(folder, { user, settings });
  if (role === "guest") {
    const stay = await visit(server);
    // It was stopped by whoever started it: start over.
    if (stay === null) return embeddedPostgres(options);
    return {
      url: server.url,
      folder,
      async close() {
        await stay.end().catch(() => undefined);
        if (started) await leave(server);
      },
    };
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

/** The server of a folder, and whether it was started for this call. */
async function findOrStart(
  folder: string,
  { user, settings }: { user: ServerUser | null; settings: readonly string[] },
): Promise<{ readonly server: PostgresServer; readonly started: boolean }> {
  for (let tries = 1; ; tries += 1) {
    const found = await findServer(folder);
    if (found !== null) return { server: found, started: false };
    const binaries = await postgresBinaries(user, fallbackFolder);
    await initCluster(folder, { binaries, user });
    try {
      return { server: await startServer(folder, { binaries, user, settings }), started: true };
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
  const { folder } = await clusterFolder(resolve(dataDir), await serverUser());
  return findServer(folder);
}

/** Where the data is: in the data folder, or where the server's user can reach it. */
async function clusterFolder(
  dataDir: string,
  user: ServerUser | null,
): Promise<{ readonly folder: string; readonly reachable: boolean }> {
  if (user === null || (await runAs(user, "test", ["-x", dataDir]))) {
    return { folder: join(dataDir, "postgres"), reachable: true };
  }
  await ownFolder(fallbackFolder);
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return { folder: join(fallbackFolder, name, "postgres"), reachable: false };
}

/** The lock of the one owner: it lasts as long as this connection, so it is gone with a killed process. */
async function own(server: PostgresServer): Promise<pg.Client | null> {
  const client = await connect(server);
  const { rows } = await client.query<{ owned: boolean }>("SELECT pg_try_advisory_lock($1) AS owned", [ownerLock]);
  if (rows[0]?.owned === true) return client;
  await client.end();
  return null;
}

/** The lock that guests share, so that none of them stops the server under another; null when the server is gone. */
async function visit(server: PostgresServer): Promise<pg.Client | null> {
  try {
    const client = await connect(server);
    await client.query("SELECT pg_advisory_lock_shared($1)", [guestLock]);
    return client;
  } catch (error) {
    if (isConnectionFailure(error)) return null;
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
  try {
    const last = await connect(server);
    await last.query("SELECT pg_advisory_lock($1)", [guestLock]);
    const owner = await own(server);
    // Who waits for the guests' lock now starts the server anew.
    if (owner !== null) await server.stop();
    await Promise.allSettled([last.end(), owner?.end()]);
  } catch (error) {
    // An owner came and stopped it.
    if (!isConnectionFailure(error)) throw error;
  }
}
