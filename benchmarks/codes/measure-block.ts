import pg from "pg";
import { createBetterAuthVerify } from "./better-auth-peer.ts";
import { type Block, forEachIndex } from "./block.ts";
import { createCommitFloor } from "./commit-floor.ts";
import { createConfirmBlock, createIssueBlock } from "./onceflow-codes.ts";

// Runs in a fresh process: warms up, then prints the microseconds between two operations' ends; with --wal the bytes of
// the write-ahead log and the commits of one operation instead.
const warmUp = 400;
const operations = 1500;
const blocks: Readonly<Record<string, (url: string) => Promise<Block>>> = {
  "bare INSERT": createCommitFloor,
  issue: createIssueBlock,
  confirm: createConfirmBlock,
  "better-auth verify": (url) => createBetterAuthVerify(url, { limits: true }),
  "better-auth, no limits": (url) => createBetterAuthVerify(url, { limits: false }),
};

const url = process.env["BENCH_DATABASE_URL"] ?? "";
const block = await blocks[process.argv[2] ?? ""]?.(url);
if (!block) throw new Error(`There is no contender "${process.argv[2]}".`);
await block.prepare(warmUp + operations);
await forEachIndex(warmUp, block.operate);
const database = new pg.Client({ connectionString: url });
await database.connect();
const before = await position();
const start = process.hrtime.bigint();
await forEachIndex(operations, (index) => block.operate(warmUp + index));
const perOperationUs = Number(process.hrtime.bigint() - start) / 1000 / operations;
const after = await position();
console.log(process.argv.includes("--wal") ? (after - before) / operations : perOperationUs);
await database.end();
await block.close();

async function position(): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>("SELECT pg_current_wal_lsn() - '0/0' AS bytes");
  return Number(rows[0]?.bytes);
}
