import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { mergeConfig } from "vitest/config";
import { sharedTestConfig } from "../../vitest.shared.ts";

const page = fileURLToPath(new URL("../../docs/add-a-step.md", import.meta.url));
const moduleId = fileURLToPath(new URL("./src/greet-by-time.from-docs.ts", import.meta.url));

/** Makes `greet-by-time.from-docs.ts` the first code block of docs/add-a-step.md, so that a test uses the very step that the page teaches. */
const taughtStep: Plugin = {
  name: "taught-step",
  enforce: "pre",
  resolveId: (id) => (id.endsWith("/greet-by-time.from-docs.ts") ? moduleId : null),
  load: (id) => (id === moduleId ? (/```ts\n([\s\S]*?)```/.exec(readFileSync(page, "utf8"))?.[1] ?? "") : null),
};

export default mergeConfig(sharedTestConfig, {
  plugins: [taughtStep],
  test: { environment: "jsdom", setupFiles: ["./vitest.setup.ts"] },
});
