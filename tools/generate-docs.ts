// Writes docs/steps (English and French) and docs/component-format.md from the schemas.
// With --check it writes nothing and fails when a page is stale.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { componentFormatPage } from "./docs/component-format-page.ts";
import { stepIndexPage, stepPage } from "./docs/step-page.ts";
import { builtInSteps } from "@onceflow/step-runtime";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pages = new Map<string, string>([["docs/component-format.md", componentFormatPage()]]);
for (const locale of ["en", "fr"] as const) {
  const folder = locale === "en" ? "docs/steps" : "docs/steps/fr";
  pages.set(`${folder}/README.md`, stepIndexPage(builtInSteps, locale));
  for (const step of builtInSteps) pages.set(`${folder}/${step.type}.md`, stepPage(step, locale));
}

if (process.argv.includes("--check")) {
  const stale = [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  if (stale.length > 0) {
    console.error(`Stale generated pages: ${stale.join(", ")}. Run "pnpm docs".`);
    process.exit(1);
  }
} else {
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return null;
  }
}
