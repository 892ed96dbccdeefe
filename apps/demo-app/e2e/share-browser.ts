import type { TestProject } from "vitest/node";
import { launchBrowserServer } from "./launch-browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the run's browser listens. */
    browserAddress: string;
  }
}

/** Starts the one browser of a test run; vitest calls this before the first file, and what it returns after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await launchBrowserServer();
  project.provide("browserAddress", server.wsEndpoint());
  return () => server.close();
}
