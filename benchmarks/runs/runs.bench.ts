import { execFileSync } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { pairedBlocks, printTable } from "../harness/paired-blocks.ts";
import { startPostgres } from "../harness/start-postgres.ts";

// What durable runs cost beside bare DBOS on the same PostgreSQL, how several processes share them, and what those cost
// that wait. fsync and synchronous_commit are on. Steps and answers are measured on a disk that waits for its flush, too.
const scriptOf = (name: string): string => join(import.meta.dirname, `${name}.ts`);

for (const flushMs of [0, 3]) {
  const server = await startPostgres({ flushMs });
  if (flushMs === 0) console.log(`PostgreSQL ${await versionOf(server.url)}`);
  for (const lanes of ["8", "1"]) {
    process.env["BENCH_LANES"] = lanes;
    for (const contenders of [
      ["7 bare DBOS steps", "ForTestCode's Get code"],
      ["20 bare DBOS steps", "20 pure steps", "20 steps with an effect"],
    ]) {
      const measured = pairedBlocks(scriptOf("measure-steps"), contenders, 10);
      printTable(`Durable runs: time a step, ${lanes} runs at a time, ${server.disk}; goal ≤ 1.2×`, measured);
    }
  }
  const contenders = ["bare DBOS recv", "answer", "answer over HTTP"];
  const answers = pairedBlocks(scriptOf("measure-answers"), contenders, 10);
  printTable(`Answers: time from an answer to the response, one at a time, ${server.disk}; goal ≤ 3×`, answers);
  await server.close();
}

const server = await startPostgres({ flushMs: 0 });
for (const lanes of ["16", "1"]) {
  process.env["BENCH_LANES"] = lanes;
  const contenders = ["1 worker", "2 workers", "4 workers", "one process"];
  const measured = pairedBlocks(scriptOf("measure-get-code"), contenders, 10);
  printTable(
    `ForTestCode's Get code: time between two ends, ${lanes} at a time, ${server.disk}; goal for 4 workers on 2 cores ≤ 1.11×`,
    measured,
  );
}

const waiting = execFileSync(process.execPath, [
  "--expose-gc",
  "--conditions=source",
  scriptOf("measure-waiting"),
]).toString();
const figures = JSON.parse(waiting.trim().split("\n").at(-1) ?? "") as {
  readonly [key in "runs" | "startSeconds" | "openSeconds" | "restartSeconds"]: number;
} & { readonly [key in "idle" | "waiting"]: { readonly [key in "used" | "resident" | "cpu"]: number } };
const { runs, idle, startSeconds, openSeconds, restartSeconds } = figures;
console.log(`
${runs.toLocaleString("en")} runs that wait
memory    ${sizeOf(idle)} without them, ${sizeOf(figures.waiting)} with them; goal < 150 MB more
idle CPU  ${idle.cpu.toFixed(1)} % of a core without them, ${figures.waiting.cpu.toFixed(1)} % with them; goal < 2 %
started   in ${startSeconds.toFixed(1)} s
restart   ${openSeconds.toFixed(1)} s until the engine is open, ${restartSeconds.toFixed(1)} s until one is answered; goal < 10 s`);
await server.close();

async function versionOf(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
  await client.end();
  return rows[0]?.server_version;
}

function sizeOf({ used, resident }: { readonly used: number; readonly resident: number }): string {
  return `${used.toFixed(0)} MB used, ${resident.toFixed(0)} MB resident`;
}
