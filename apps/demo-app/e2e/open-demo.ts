import { chromium } from "playwright-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { createLog } from "@onceflow/server";
import { expect, inject, onTestFinished } from "vitest";
import { createDemo } from "../server/create-demo.ts";
import { type PageRecord, recordPage } from "./page-record.ts";

/** A demo of its own, and people who visit it. */
export interface OpenDemo {
  readonly url: string;
  /** Lets time pass on the server. */
  advance(seconds: number): void;
  /**
   * A new person: another browser context, closed after the test. A page that complained fails the test; a failed test
   * leaves its picture in test-results/.
   */
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

/** One person's page. */
interface Visit {
  readonly page: Page;
  readonly record: PageRecord;
}

/** Starts the demo in this process on a free port, beside the run's browser. */
export async function openDemo(): Promise<OpenDemo> {
  let aheadMs = 0;
  const log = createLog({ level: "silent" });
  const demo = await createDemo({ port: 0, log, clock: { now: () => Date.now() + aheadMs } });
  const browser = await chromium.connect(inject("browserAddress"));
  return {
    url: demo.url,
    advance(seconds) {
      aheadMs += seconds * 1000;
    },
    async visit(path, options = {}) {
      const context = await browser.newContext({
        baseURL: demo.url,
        viewport: { width: 1440, height: 900 },
        locale: "en-GB",
        colorScheme: "light",
        reducedMotion: "reduce",
        ...options,
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      const record = recordPage(page);
      onTestFinished(async ({ task }) => {
        const failures = [...record.failures];
        if (task.result?.state === "fail") await page.screenshot({ path: pictureOf(task.name) });
        await context.close();
        expect(failures).toEqual([]);
      });
      await page.goto(path);
      return { page, record };
    },
    async close() {
      await browser.close();
      await demo.close();
    },
  };
}

let pictures = 0;

function pictureOf(title: string): string {
  pictures += 1;
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60);
  return `test-results/failed-${name}-${pictures}.png`;
}
