import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { startTestServer } from "@onceflow/storage/testing";
import pg from "pg";
import { pairedBlocks, printTable } from "../harness/paired-blocks.ts";

// What durable runs cost beside bare DBOS on the same PostgreSQL, how several processes share them, and what those cost
// that wait. fsync and synchronous_commit are on. --blocks=n for fewer blocks than ten.
const blocks = Number(process.argv.find((argument) => argument.startsWith("--blocks="))?.slice(9) ?? 10);
const scriptOf = (name: string): string => join(import.meta.dirname, `${name}.ts`);
const server = await startTestServer();
process.env["BENCH_DATABASE_URL"] = server.url;
const client = new pg.Client({ connectionString: server.url });
await client.connect();
const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
console.log(`PostgreSQL ${rows[0]?.server_version}, ${blocks} blocks`);
await client.end();

for (const lanes of ["8", "1"]) {
  process.env["BENCH_LANES"] = lanes;
  const contenders = ["bare DBOS steps", "pure steps", "steps with an effect"];
  const measured = pairedBlocks(scriptOf("measure-steps"), contenders, blocks);
  printTable(`Durable runs: time a step, runs of 20 steps, ${lanes} at a time; goal ≤ 1.2×`, measured);
}

const answers = pairedBlocks(scriptOf("measure-answers"), ["bare DBOS recv", "answer"], blocks);
printTable("Answers: time from an answer to the response, one at a time; goal ≤ 3×", answers);

for (const lanes of ["16", "1"]) {
  process.env["BENCH_LANES"] = lanes;
  const contenders = ["1 worker", "2 workers", "4 workers", "one process", "memory engine"];
  const measured = pairedBlocks(scriptOf("measure-get-code"), contenders, blocks);
  printTable(
    `ForTestCode's Get code: time between two ends, ${lanes} at a time; goal for 4 workers on 2 cores ≤ 1.11×`,
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

function sizeOf({ used, resident }: { readonly used: number; readonly resident: number }): string {
  return `${used.toFixed(0)} MB used, ${resident.toFixed(0)} MB resident`;
}
