import { loadavg } from "node:os";

let checked = false;

/**
 * Refuses a busy machine before the first measurement of a process: afterwards the load is the benchmark's own.
 *
 * @throws Error when the load is over 1.0 and `--force` was not given
 */
export function checkMachine(): void {
  const [load = 0] = loadavg();
  if (!checked && load > 1 && !process.argv.includes("--force")) {
    throw new Error(`The load average is ${load.toFixed(2)}. Wait until the machine is quiet, or pass --force.`);
  }
  checked = true;
}
