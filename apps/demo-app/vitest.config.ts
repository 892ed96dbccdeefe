import { defineConfig } from "vitest/config";
import { sharedTestConfig } from "../../vitest.shared.ts";

export default defineConfig({
  ...sharedTestConfig,
  test: {
    ...sharedTestConfig.test,
    include: ["{components,server,web}/**/*.test.ts"],
    globalSetup: ["server/testing/global-setup.ts"],
  },
});
