import { chromium } from "playwright-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { newKeyRingText } from "@onceflow/one-time-code";
import { createLog } from "@onceflow/server";
import { createTestDatabase } from "@onceflow/storage/testing";
import { expect, inject, onTestFinished } from "vitest";
import { createDemo } from "../server/create-demo.ts";
import { type PageRecord, recordPage } from "./page-record.ts";

/** A demo of its own, and people who visit it. */
export interface OpenDemo {
  readonly url: string;
  /** Makes every code and every counted call this much older: the time is the database's, and a test does not wait. */
  ageCodes(seconds: number): Promise<void>;
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
  const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  const demo = await createDemo({
    port: 0,
    log: createLog({ level: "silent" }),
    databaseUrl: database.url,
    keyRing: newKeyRingText(),
  });
  const browser = await chromium.connect(inject("browserAddress"));
  return {
    url: demo.url,
    async ageCodes(seconds) {
      const age = seconds * 1000;
      await database.pool.query(
        "UPDATE otp.challenges SET created_at = created_at - $1, first_issued_at = first_issued_at - $1, expires_at = expires_at - $1",
        [age],
      );
      await database.pool.query("UPDATE otp.budgets SET hits = ARRAY(SELECT hit - $1 FROM unnest(hits) AS hit)", [age]);
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
      await database.close();
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
