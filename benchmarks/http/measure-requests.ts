import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Pool } from "undici";
import { inLanes } from "../harness/lanes.ts";
import { httpUsers } from "./http-users.ts";

// Runs in a fresh process beside a fresh server: warms up, then prints the microseconds between the ends of two requests and the
// CPU time of the server for one. 32 connections, each of which asks again once it was answered.
const connections = 32;
const warmUp = 4000;
const requests = httpUsers.length - warmUp;

const server = fork(join(import.meta.dirname, "http-process.ts"), [process.argv[2] ?? ""], {
  execArgv: ["--conditions=source"],
  // The log goes where nobody reads it.
  stdio: ["ignore", "ignore", "inherit", "ipc"],
});
server.once("exit", (code) => process.exit(code ?? 1));
const [{ origin, path, authorization }] = (await once(server, "message")) as [
  { readonly origin: string; readonly path: string; readonly authorization: string },
];
const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 30_000 });
const headers = { "content-type": "application/json", ...(authorization === "" ? {} : { authorization }) };

await inLanes(warmUp, connections, (index) => request(index));
const cpuBefore = await cpuTime();
const start = process.hrtime.bigint();
await inLanes(requests, connections, (index) => request(warmUp + index));
const us = Number(process.hrtime.bigint() - start) / 1000;
console.log(us / requests, ((await cpuTime()) - cpuBefore) / requests);
await pool.close();
server.disconnect();

/** @throws Error unless a code was issued and confirmed */
async function request(index: number): Promise<void> {
  const { statusCode, body } = await pool.request({
    method: "POST",
    path,
    headers,
    body: JSON.stringify({ user: httpUsers[index]?.id }),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`The answer is ${statusCode}: ${text}`);
  const { response } = JSON.parse(text) as { response?: { readonly code?: unknown; readonly confirmed?: unknown } };
  if (response?.confirmed !== true || !/^\d{6}$/.test(String(response.code))) {
    throw new Error(`The code is wrong: ${text}`);
  }
}

async function cpuTime(): Promise<number> {
  const answer = once(server, "message");
  server.send("cpu");
  const [us] = (await answer) as [number];
  return us;
}
