// publint over every published package: what npm would get must resolve for its users.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

let problems = 0;
for (const name of readdirSync("packages")) {
  const pkgDir = `packages/${name}`;
  if (!existsSync(`${pkgDir}/package.json`)) continue;
  const pkg = JSON.parse(readFileSync(`${pkgDir}/package.json`, "utf8"));
  const { messages } = await publint({ pkgDir, strict: true, pack: "pnpm" });
  for (const message of messages.filter(({ type }) => type !== "suggestion")) {
    problems += 1;
    console.error(`${pkg.name}: ${formatMessage(message, pkg)}`);
  }
}
if (problems > 0) process.exit(1);
