// Compiles the TypeScript examples of the READMEs and of docs/add-a-step.md: what a newcomer copies must be right.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// The demo depends on every package, so its folder is where all of them resolve.
const folder = "apps/demo-app/test-results/examples";
rmSync(folder, { recursive: true, force: true });

const pages = [
  ...readdirSync("packages").map((name) => [name, `packages/${name}/README.md`] as const),
  ["add-a-step", "docs/add-a-step.md"] as const,
];
for (const [name, page] of pages) {
  const blocks = [...readFileSync(page, "utf8").matchAll(/```(tsx?)\n([\s\S]*?)```/g)];
  for (const [index, [, extension = "ts", code = ""]] of blocks.entries()) {
    // A first line such as "// greet-by-time.ts" names the file that other blocks import.
    const file = /^\/\/ ([\w-]+\.tsx?)\n/.exec(code)?.[1] ?? `example-${index + 1}.${extension}`;
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, file), code);
  }
}
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({
    extends: "../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false },
    include: [".", "../../web/css.d.ts"],
  }),
);
execFileSync("tsc", ["-p", folder], { stdio: "inherit" });
