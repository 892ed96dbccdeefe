import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { CallOrder, CallReport } from "./caller-process.ts";

const script = fileURLToPath(new URL("caller-process.ts", import.meta.url));

/** Lets several processes call at once, all connected before the first of them begins. */
export async function callInProcesses(orders: readonly CallOrder[]): Promise<readonly CallReport[]> {
  const children = orders.map(() => fork(script, { execArgv: ["--conditions=source"] }));
  try {
    await Promise.all(children.map((child, index) => say(child, orders[index])));
    return await Promise.all(children.map(async (child) => (await say(child, "go")) as CallReport));
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
}

/** Sends a message and waits for the next one. */
async function say(child: ChildProcess, message: unknown): Promise<unknown> {
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`A calling process ended with ${String(code)}.`);
  });
  const answer = once(child, "message").then(([said]: unknown[]) => said);
  child.send(message as object);
  return Promise.race([answer, gone]);
}
