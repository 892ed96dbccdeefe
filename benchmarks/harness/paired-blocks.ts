import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { median } from "./median.ts";

/** The measurements of one contender, in microseconds an operation; one a block, each in a fresh process. */
export interface Measured {
  readonly name: string;
  readonly perOperationUs: readonly number[];
}

/**
 * Runs every contender in a fresh process a block, forwards and backwards in turn (A B C C B A …), so that a drifting machine treats all alike.
 *
 * @throws Error when the machine is busy (load over 1.0) and `--force` was not given.
 */
export function pairedBlocks(script: string, contenders: readonly string[], blocks: number): readonly Measured[] {
  const [load = 0] = loadavg();
  if (load > 1 && !process.argv.includes("--force")) {
    throw new Error(`The load average is ${load.toFixed(2)}. Wait until the machine is quiet, or pass --force.`);
  }
  const measured = contenders.map((name) => ({ name, perOperationUs: [] as number[] }));
  for (let block = 0; block < blocks; block += 1) {
    for (const entry of block % 2 === 0 ? measured : measured.toReversed()) {
      const output = execFileSync(process.execPath, ["--conditions=source", script, entry.name], { encoding: "utf8" });
      // What comes before the last line is what libraries say when they start.
      entry.perOperationUs.push(Number(output.trim().split("\n").at(-1)));
    }
  }
  return measured;
}

/** Prints medians, and each contender's ratio to the first one block by block: median (min–max). */
export function printTable(title: string, measured: readonly Measured[]): void {
  const [base] = measured;
  if (!base) return;
  console.log(
    `\n${title}\n${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(2)}\n`,
  );
  for (const { name, perOperationUs } of measured) {
    const ratios = perOperationUs.map((time, index) => time / (base.perOperationUs[index] ?? Number.NaN));
    const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `${name.padEnd(28)} ${median(perOperationUs).toFixed(2).padStart(8)} µs   × ${median(ratios).toFixed(2)} of ${base.name} (${range})`,
    );
  }
}
