import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, lchown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { ServerUser } from "./server-user.ts";

/** A PostgreSQL server on loopback, with the right to stop it. */
export interface PostgresServer {
  /** Of the database `postgres`, with the password in it. */
  readonly url: string;
  /** Cuts off who is connected and waits until the server has written everything and is gone. */
  stop(): Promise<void>;
}

/** How to reach the server of a cluster; kept in it, for its owner's eyes only. The port is in the server's own file. */
interface Connection {
  readonly password: string;
}

const connectionFile = "connection.json";

/**
 * Makes a cluster in a folder, unless there is one: beside its place, so that of several processes one puts it there,
 * and all of it at once.
 */
export async function initCluster(
  folder: string,
  { binaries, user }: { binaries: PostgresBinaries; user: ServerUser | null },
): Promise<void> {
  const cluster = join(folder, "cluster");
  if (await isThere(join(cluster, "PG_VERSION"))) return;
  const name = randomBytes(8).toString("hex");
  const draft = join(folder, `cluster.${name}`);
  const connection = join(draft, connectionFile);
  const passwordFile = join(tmpdir(), `onceflow-${name}`);
  const password = randomBytes(24).toString("base64url");
  await mkdir(folder, { recursive: true });
  // The umask of root may be one that keeps the user of the server out.
  await chmod(folder, 0o711);
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user !== null) for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid);
    await run(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        "--auth=scram-sha-256",
        "--username=onceflow",
        `--pwfile=${passwordFile}`,
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
      ],
      user,
    );
    const content = JSON.stringify({ password } satisfies Connection);
    await writeFile(connection, content, { mode: 0o600, flag: "wx", flush: true });
    if (user !== null) await lchown(connection, user.uid, user.gid);
    await rename(draft, cluster);
  } catch (error) {
    // Another process was faster, or it cannot be done.
    if (!(await isThere(join(cluster, "PG_VERSION")))) throw error;
  } finally {
    for (const path of [draft, passwordFile]) await rm(path, { recursive: true, force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** The server of a folder if it runs and takes the stored password, whoever started it; null otherwise. */
export async function findServer(folder: string): Promise<PostgresServer | null> {
  const connection = await readConnection(folder);
  const postmaster = await readPostmaster(folder);
  if (connection === null || postmaster === null || !isAlive(postmaster.pid)) return null;
  const { pid, port } = postmaster;
  const url = urlOf(connection, port);
  // A server that was just started, or that recovers, refuses at first.
  for (let tries = 0; tries < 100 && isAlive(pid); tries += 1) {
    if (await answers(url)) return { url, stop: () => stop(folder, pid) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}

/** Starts the server of a folder and waits until it answers. */
export async function startServer(
  folder: string,
  {
    binaries,
    user,
    settings = [],
  }: { binaries: PostgresBinaries; user: ServerUser | null; settings?: readonly string[] },
): Promise<PostgresServer> {
  const connection = await readConnection(folder);
  if (connection === null) {
    throw new Error(
      `The database in ${folder} has lost its ${connectionFile}, without which nobody can connect to it.`,
    );
  }
  const port = await freePort();
  const options = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=100",
    // A statement's parameters are digests and sealed codes: they belong into no log.
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    "log_statement=none",
    "log_min_error_statement=panic",
    ...settings,
  ];
  const args = ["-D", join(folder, "cluster"), ...options.flatMap((option) => ["-c", option])];
  // Of its own process group: Ctrl+C in the terminal is for us, who stop the server when all is written.
  const child = spawn(binaries.postgres, args, {
    ...user,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said = (said + String(chunk)).slice(-4000)));
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      said += error.message;
      resolve();
    });
    child.once("exit", () => resolve());
  });
  const url = urlOf(connection, port);
  const isGone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  while (!isGone() && !(await answers(url))) await new Promise((resolve) => setTimeout(resolve, 50));
  if (isGone()) throw new Error(`PostgreSQL did not start in ${folder}: ${said.trim()}`);
  child.unref();
  child.stderr.destroy();
  const { pid } = child;
  return {
    url,
    async stop() {
      if (pid === undefined || isGone()) return;
      child.ref();
      process.kill(pid, "SIGINT");
      await ended;
    },
  };
}

function urlOf({ password }: Connection, port: number): string {
  return `postgres://onceflow:${password}@127.0.0.1:${port}/postgres`;
}

async function readConnection(folder: string): Promise<Connection | null> {
  // It used to be beside the cluster.
  for (const place of [join(folder, "cluster"), folder]) {
    const text = await readFile(join(place, connectionFile), "utf8").catch(() => null);
    if (text !== null) return JSON.parse(text) as Connection;
  }
  return null;
}

/** What the server that runs, or was killed, says of itself: pid, folder, start time and port, one a line. */
async function readPostmaster(folder: string): Promise<{ readonly pid: number; readonly port: number } | null> {
  const text = await readFile(join(folder, "cluster/postmaster.pid"), "utf8").catch(() => "");
  const [pid = 0, , , port = 0] = text.split("\n").map(Number);
  return pid > 0 && port > 0 ? { pid, port } : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Stops a server that is not our child. It takes its file away at the end; its process may be there for ever, where
 * nobody asks how it ended.
 */
async function stop(folder: string, pid: number): Promise<void> {
  try {
    process.kill(pid, "SIGINT");
  } catch (error) {
    if (isAlive(pid)) throw error;
  }
  for (let tries = 0; isAlive(pid) && (await readPostmaster(folder))?.pid === pid; tries += 1) {
    if (tries === 1200) {
      throw new Error(
        `PostgreSQL in ${folder} (process ${pid}) was told to stop a minute ago and still runs. Wait until it is gone before the machine goes down.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Any free port: another process may take it in between, then the server says so. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function run(command: string, args: readonly string[], user: ServerUser | null): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { ...user, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => (said = (said + String(chunk)).slice(-4000)));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`The database cannot be made in its folder: ${said.trim()}`)),
    );
  });
}
