import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fallbackFolder } from "../embedded/cluster-place.ts";
import { embeddedPostgres } from "../embedded/embedded-postgres.ts";
import { postgresBinaries } from "../embedded/postgres-binaries.ts";
import { runAs, serverUser } from "../embedded/server-user.ts";

/** A PostgreSQL of a test's own, which stays at one address however often it is stopped. */
export interface StoppableServer {
  readonly url: string;
  /** `fast` cuts off who is connected; `immediate` leaves it to the next start to recover, as a power cut would. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  /** Starts it again and waits until it takes connections. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts one in a new folder that goes with it; always an embedded one, since a server that was handed in is not ours to stop. */
export async function startStoppableServer(): Promise<StoppableServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "onceflow-stoppable-"));
  await chmod(dataDir, 0o755);
  const server = await embeddedPostgres({ dataDir, role: "owner" });
  const user = await serverUser();
  const { postgres } = await postgresBinaries(user, fallbackFolder);
  const control = (...args: string[]) =>
    runAs(user, join(dirname(postgres), "pg_ctl"), ["-w", "-D", join(server.folder, "cluster"), ...args]);
  return {
    url: server.url,
    async stop(mode) {
      if (!(await control("-m", mode, "stop"))) throw new Error("PostgreSQL was not stopped.");
    },
    async start() {
      // Not "start": a restart takes the port and the settings of the last time.
      if (!(await control("restart"))) throw new Error("PostgreSQL was not started.");
    },
    async close() {
      await control("-m", "immediate", "stop");
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
