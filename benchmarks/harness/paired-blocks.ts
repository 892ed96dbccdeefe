import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { blockCount } from "./block-count.ts";
import { checkMachine } from "./check-machine.ts";
import { median } from "./median.ts";

/** The measurements of one contender, in microseconds an operation; one a block, each in a fresh process. */
export interface Measured {
  readonly name: string;
  readonly perOperationUs: readonly number[];
  /** What a server's processors worked for it, where that was measured apart. */
  readonly cpuUs: readonly number[];
}

/**
 * Runs every contender in a fresh process a block, forwards and backwards in turn (A B C C B A …), so that a drifting machine treats all alike.
 * The process ends with a line of its time per operation and, perhaps, the CPU time of a server.
 *
 * @param usualBlocks without `--blocks=n`
 * @throws Error when the machine is busy (load over 1.0) and `--force` was not given.
 */
export function pairedBlocks(script: string, contenders: readonly string[], usualBlocks: number): readonly Measured[] {
  checkMachine();
  const blocks = blockCount(usualBlocks);
  const measured = contenders.map((name) => ({ name, perOperationUs: [] as number[], cpuUs: [] as number[] }));
  for (let block = 0; block < blocks; block += 1) {
    for (const entry of block % 2 === 0 ? measured : measured.toReversed()) {
      const output = execFileSync(process.execPath, ["--conditions=source", script, entry.name], { encoding: "utf8" });
      // What comes before the last line is what libraries say when they start.
      const [time, cpu] = (output.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
      if (!time) throw new Error(`"${entry.name}" told no time.`);
      entry.perOperationUs.push(time);
      if (cpu !== undefined) entry.cpuUs.push(cpu);
    }
  }
  return measured;
}

/** Prints medians, and each contender's ratio to the first one block by block: median (min–max). */
export function printTable(title: string, measured: readonly Measured[]): void {
  const [base] = measured;
  if (!base) return;
  console.log(
    `\n${title}\n${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(2)}, median (min–max) of ${base.perOperationUs.length}\n`,
  );
  for (const { name, perOperationUs, cpuUs } of measured) {
    const time = `${name.padEnd(28)} ${compared(perOperationUs, base.perOperationUs)} of ${base.name}`;
    const perSecond = 1_000_000 / median(perOperationUs);
    console.log(
      cpuUs.length === 0 ? time : `${time}, ${perSecond.toFixed(0).padStart(6)}/s; CPU ${compared(cpuUs, base.cpuUs)}`,
    );
  }
}

function compared(times: readonly number[], base: readonly number[]): string {
  const ratios = times.map((time, index) => time / (base[index] ?? Number.NaN));
  const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  return `${median(times).toFixed(2).padStart(8)} µs   × ${median(ratios).toFixed(2)} (${range})`;
}
