import { defaultClientConditions, defaultServerConditions } from "vite";
import type { ViteUserConfig } from "vitest/config";

/** What every workspace's vitest.config.ts starts from: sources instead of builds, patient timeouts, a count that tools/x.mjs can add up. */
export const sharedTestConfig = {
  resolve: { conditions: ["source", ...defaultClientConditions] },
  ssr: { resolve: { conditions: ["source", ...defaultServerConditions] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    execArgv: ["--conditions=source"],
    reporters: ["default", "json"],
    outputFile: { json: "test-results/unit.json" },
  },
} satisfies ViteUserConfig;
