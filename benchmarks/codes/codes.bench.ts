import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { installPeers } from "../harness/install-peers.ts";
import { pairedBlocks, printTable } from "../harness/paired-blocks.ts";
import { startPostgres } from "../harness/start-postgres.ts";
import { concurrency } from "./block.ts";

// What issuing and confirming cost beside a bare commit on the same PostgreSQL, and beside better-auth. fsync and
// synchronous_commit are on. The further tables are of disks whose flush takes as long as one without a write-back cache
// takes: where a flush costs nothing, the floor is a measure of the processor alone (docs/decisions/0007).
installPeers();
const script = join(import.meta.dirname, "measure-block.ts");
const contenders = ["bare INSERT", "issue", "confirm", "better-auth verify", "better-auth, no limits"];
for (const flushMs of [0, 1, 3]) {
  const server = await startPostgres({ flushMs });
  const measured = pairedBlocks(script, contenders, 10);
  printTable(
    `Codes: time between two commits at ${concurrency} at a time, ${server.disk}; raised policy for one client`,
    measured,
  );
  if (flushMs === 0) {
    for (const name of contenders) {
      const bytes = Number(execFileSync(process.execPath, ["--conditions=source", script, name, "--wal"]));
      console.log(`${name.padEnd(28)} ${bytes.toFixed(0).padStart(8)} bytes of WAL`);
    }
  }
  await server.close();
}
