import { defineConfig } from "vitest/config";
import { sharedTestConfig } from "../../vitest.shared.ts";

export default defineConfig({
  ...sharedTestConfig,
  test: {
    ...sharedTestConfig.test,
    include: ["e2e/**/*.test.ts"],
    // One browser for all files, each with a demo of its own; one file after the other, since browsers take what they get.
    globalSetup: ["e2e/share-browser.ts", "server/testing/global-setup.ts"],
    fileParallelism: false,
    outputFile: { json: "test-results/e2e.json" },
  },
});
