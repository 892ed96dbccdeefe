import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { DeliveryOrder, StandStill } from "./delivery-process.ts";

/** A process at work on an order. */
export interface DeliveryProcess {
  /** Where it stands still, or how many messages it sent. */
  answer(): Promise<StandStill | number>;
  /** Ends it as a power cut would: nothing of it runs any more. */
  kill(): Promise<void>;
}

/** Starts one; it goes with the test. */
export async function startDeliveryProcess(order: DeliveryOrder): Promise<DeliveryProcess> {
  const script = fileURLToPath(new URL("delivery-process.ts", import.meta.url));
  const child = fork(script, { execArgv: ["--conditions=source"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const gone = once(child, "exit");
  const message = async (): Promise<unknown> => {
    const said = once(child, "message").then(([said]: unknown[]) => said);
    const early = gone.then(([code, signal]) => {
      throw new Error(`The process ended early (${String(code)}, ${String(signal)}).`);
    });
    return Promise.race([said, early]);
  };
  await message();
  const answered = message() as Promise<StandStill | number>;
  child.send(order);
  return {
    answer: () => answered,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
