import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerOrder } from "./worker-process.ts";

const script = fileURLToPath(new URL("worker-process.ts", import.meta.url));

/** Processes that drive the runs of a database. */
export interface Workers {
  readonly pids: readonly (number | undefined)[];
  /** Lets all of them drive the runs of one tenant from now on. */
  serve(tenant: string): Promise<void>;
  /** Lets them finish what they do. */
  close(): Promise<void>;
}

export function spawnWorkers(count: number, order: WorkerOrder): Workers {
  const workers = Array.from({ length: count }, () =>
    fork(script, [JSON.stringify(order)], { execArgv: ["--conditions=source"] }),
  );
  const ended = workers.map(async (worker) => once(worker, "exit") as Promise<[code: number | null]>);
  const untilOneEnds = Promise.race(ended).then(([code]) => {
    throw new Error(`A worker process ended with ${String(code)}.`);
  });
  // Who waits is told.
  untilOneEnds.catch(() => undefined);
  return {
    pids: workers.map(({ pid }) => pid),
    async serve(tenant) {
      const ready = workers.map((worker) => once(worker, "message"));
      for (const worker of workers) worker.send(tenant);
      await Promise.race([Promise.all(ready), untilOneEnds]);
    },
    async close() {
      for (const worker of workers) if (worker.connected) worker.disconnect();
      for (const [code] of await Promise.all(ended)) {
        if (code !== 0) throw new Error(`A worker process ended with ${String(code)}.`);
      }
    },
  };
}
