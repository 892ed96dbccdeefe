import { startTestServer } from "@onceflow/storage/testing";

/** A PostgreSQL of a benchmark. */
export interface BenchPostgres {
  readonly url: string;
  /** Its disk, in words. */
  readonly disk: string;
  close(): Promise<void>;
}

/**
 * Starts a new PostgreSQL and leaves its address in BENCH_DATABASE_URL. fsync and synchronous_commit are on. Where a flush
 * costs nothing, a floor measures the processor alone, so that one may ask for a disk whose flush takes so long:
 * `commit_delay` holds a commit back before its flush (docs/decisions/0007).
 *
 * @param options.flushMs 0: this machine's disk as it is
 * @throws Error where DATABASE_URL is set: that server's disk cannot be chosen
 */
export async function startPostgres({ flushMs }: { readonly flushMs: number }): Promise<BenchPostgres> {
  if (process.env["DATABASE_URL"]) {
    throw new Error("DATABASE_URL is set, and benchmarks start servers of their own. Unset it.");
  }
  const settings = flushMs === 0 ? [] : [`commit_delay=${1000 * flushMs}`, "commit_siblings=0"];
  const server = await startTestServer({ settings });
  process.env["BENCH_DATABASE_URL"] = server.url;
  return { ...server, disk: flushMs === 0 ? "this disk as it is" : `a disk whose flush takes ${flushMs} ms` };
}
