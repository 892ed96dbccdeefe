import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Installs the peers of a benchmark once, with npm, beside the workspace: they are nobody's dependency. */
export function installPeers(): void {
  const folder = join(import.meta.dirname, "../peers");
  if (existsSync(join(folder, "node_modules"))) return;
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: "inherit" });
}
