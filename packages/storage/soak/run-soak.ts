import { cpus, loadavg } from "node:os";
import { generousPolicy } from "@onceflow/one-time-code/testing";
import { startTestServer } from "../src/testing/test-server.ts";
import { confirmsDuringCleaning } from "./confirms-during-cleaning.ts";
import type { Finding } from "./finding.ts";
import { knownAndUnknown } from "./known-and-unknown.ts";
import { rightCodeInAStorm } from "./right-code-in-a-storm.ts";
import { stormOfProcesses } from "./storm-of-processes.ts";

interface Soak {
  readonly run: (url: string) => Promise<Finding | Finding[]>;
  /** Settings of its PostgreSQL. */
  readonly settings: readonly string[];
}

/** Where nothing is timed, nothing needs to survive a power cut. */
const fast = ["fsync=off", "full_page_writes=off"];

// What takes minutes or a quiet machine, and so is no test: measured over PostgreSQL, below HTTP. Names of soaks as
// arguments run only those.
const soaks: Readonly<Record<string, Soak>> = {
  "known-and-unknown": { run: knownAndUnknown, settings: [] },
  "confirms-during-cleaning": { run: confirmsDuringCleaning, settings: [] },
  "right-code-in-a-storm": { run: rightCodeInAStorm, settings: fast },
  "storm-of-processes": { run: stormOfProcesses, settings: fast },
};
const wanted = process.argv.slice(2);
const load = () => loadavg()[0]?.toFixed(2);

console.log(`${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.versions.node}`);
console.log(`Limits raised for all of it: ${JSON.stringify(generousPolicy)}`);
for (const [name, soak] of Object.entries(soaks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const [before, started] = [load(), performance.now()];
  const server = await startTestServer({ settings: soak.settings });
  let findings: Finding[];
  try {
    findings = [await soak.run(server.url)].flat();
  } finally {
    await server.close();
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${name}: ${seconds} s, load average ${before} before and ${load()} after`);
  for (const { what, figure, must, holds } of findings) {
    console.log(`  ${holds ? "holds" : "FAILS"}  ${what}\n         ${figure}\n         must: ${must}`);
    if (!holds) process.exitCode = 1;
  }
}
