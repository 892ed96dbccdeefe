import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../peers");

/** Installs the peers of a benchmark once, with npm, beside the workspace: they are nobody's dependency. */
export function installPeers(): void {
  const { dependencies } = read("package.json") as { dependencies: Readonly<Record<string, string>> };
  const missing = Object.entries(dependencies).some(([name, version]) => {
    const file = `node_modules/${name}/package.json`;
    return !existsSync(join(folder, file)) || (read(file) as { version: string }).version !== version;
  });
  if (!missing) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: "inherit" });
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}
