import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { checkMachine } from "./harness/check-machine.ts";

// Every benchmark, one after the other; the shorter ones first. What one leaves of load is none of the next one's business.
checkMachine();
const options = process.argv.slice(2).filter((option) => option !== "--force");
const benches = ["component/validate", "engine/interpreter", "http/http", "codes/codes", "runs/runs"];
for (const bench of benches) {
  const script = join(import.meta.dirname, `${bench}.bench.ts`);
  execFileSync(process.execPath, ["--conditions=source", script, "--force", ...options], { stdio: "inherit" });
}
