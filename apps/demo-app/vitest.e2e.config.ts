import { defineConfig } from "vitest/config";
import { sharedTestConfig } from "../../vitest.shared.ts";

export default defineConfig({
  ...sharedTestConfig,
  // One browser and one server: one file after the other.
  test: {
    ...sharedTestConfig.test,
    include: ["e2e/**/*.test.ts"],
    fileParallelism: false,
    passWithNoTests: true,
    outputFile: { json: "test-results/e2e.json" },
  },
});
