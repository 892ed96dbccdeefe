import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { createOneTimeCodePolicy, newKeyRingText } from "@onceflow/one-time-code";
import { createLog } from "@onceflow/server";
import { createDemo } from "../server/create-demo.ts";
import { launchBrowser } from "./launch-browser.ts";
import { anotherCode, runPage } from "./run-page.ts";

// Pictures of the pages for people to look at: node --conditions=source e2e/take-screenshots.ts FOLDER
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the folder that the pictures go to.");
await mkdir(folder, { recursive: true });

const sizes = [
  { width: 1440, height: 900 },
  { width: 900, height: 900 },
  { width: 390, height: 844 },
] as const;

// New each time, and a user who typed a few wrong codes need not wait: one is typed for each set of pictures.
const dataDir = await mkdtemp(join(tmpdir(), "onceflow-screenshots-"));
const demo = await createDemo({
  port: 0,
  log: createLog({ level: "silent" }),
  dataDir,
  keyRing: newKeyRingText(),
  policy: createOneTimeCodePolicy({ failureWaits: [] }),
});
const browser = await launchBrowser();
try {
  await lockCodeOfAlice();
  for (const size of sizes) {
    for (const theme of ["light", "dark"]) {
      for (const lang of ["en", "fr"]) {
        const context = await browser.newContext({ baseURL: demo.url, viewport: size, reducedMotion: "reduce" });
        const page = await context.newPage();
        const shoot = async (state: string) => {
          await page.screenshot({ path: join(folder, `${state}-${size.width}-${theme}-${lang}.png`) });
        };
        await page.goto(`/run/for-test-code?theme=${theme}&lang=${lang}`);
        await picturesOfRunPage(page, shoot);
        await page.goto(`/?theme=${theme}&lang=${lang}`);
        await (size.width < 768 ? picturesOfOutline(page, shoot) : picturesOfDesigner(page, shoot));
        await page.goto(`/audit?theme=${theme}&lang=${lang}`);
        await picturesOfAuditPage(page, shoot);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await demo.close();
  await rm(dataDir, { recursive: true });
}

type Shoot = (state: string) => Promise<void>;

async function picturesOfRunPage(page: Page, shoot: Shoot): Promise<void> {
  const main = page.getByRole("main");
  const getCode = main.getByRole("button").first();
  const confirm = main.getByRole("button").last();
  const modal = page.getByRole("dialog");
  await getCode.waitFor();
  await shoot("run-start");
  await getCode.click();
  const code = (await modal.getByRole("img").innerText()).replaceAll(/\s/g, "");
  await shoot("run-modal");
  await modal.getByRole("button").click();
  await main.getByRole("textbox").fill(anotherCode(code));
  await confirm.click();
  await main.getByRole("alert").waitFor();
  await shoot("run-wrong-code");
  await main.getByRole("textbox").fill(code);
  await confirm.click();
  await main.locator(".ofp-good").waitFor();
  await shoot("run-confirmed");
}

async function picturesOfAuditPage(page: Page, shoot: Shoot): Promise<void> {
  const unlock = page.locator(".audit-unlock").first();
  const filters = page.locator(".audit-filters-opener");
  await page.locator("[data-event]").first().waitFor();
  await shoot("audit");
  if (await filters.isVisible()) await filters.click();
  await page.locator(".audit-select").click();
  await shoot("audit-events");
  await page.keyboard.press("Escape");
  await unlock.click();
  await page.getByRole("dialog").waitFor();
  await shoot("audit-unlock");
  await page.keyboard.press("Escape");
}

/** Has Alice type five wrong codes, for the operator to see. */
async function lockCodeOfAlice(): Promise<void> {
  const page = await browser.newPage({ baseURL: demo.url, locale: "en-GB" });
  await page.goto("/run/for-test-code");
  const person = runPage(page);
  await person.signIn({ userName: "alice" });
  await person.lockCode();
  await page.close();
}

async function picturesOfDesigner(page: Page, shoot: Shoot): Promise<void> {
  // Twice: where there is little room, a single click only selects.
  await page.locator('[data-step="code"]').dblclick();
  await page.locator(".ofs-panel").waitFor();
  await shoot("designer-code-step");

  // Where there is little room the panels lie over the canvas, one at a time.
  const preview = page.locator(".of-preview");
  if (!(await preview.isVisible()))
    await page.locator(".of-bar button:has-text('Preview'), .of-bar button:has-text('Aperçu')").click();
  await preview.waitFor();
  await page.locator(".of-bar .of-primary").click();
  await page.locator('.of-drawer [data-status="completed"]').waitFor();
  await page.frameLocator("iframe").getByRole("dialog").waitFor();
  await shoot("designer-run-with-modal");

  await page.locator(".of-bar button:has-text('Import')").click();
  await page.locator(".of-import-dialog textarea").fill('{ "name": "shop" }');
  await page.locator(".of-import-refusal").waitFor();
  await shoot("designer-import-refused");
  await page.keyboard.press("Escape");

  await page.locator(".of-crumb-dataflow").click();
  await page.getByRole("menu").locator("[data-menu-item]").last().click();
  await page.locator('[data-step="confirm"]').waitFor();
  await shoot("designer-confirm-dataflow");
}

async function picturesOfOutline(page: Page, shoot: Shoot): Promise<void> {
  const step = page.locator('[data-outline-step="code"]');
  const views = page.locator(".of-narrow-tabs button");
  await step.waitFor();
  await shoot("designer-outline");
  await views.nth(1).click();
  await page.locator('[data-step="code"]').waitFor();
  await shoot("designer-canvas");
  await views.nth(2).click();
  await page.locator(".of-preview").waitFor();
  await shoot("designer-preview");
  await views.nth(0).click();
  await step.click();
  await page.locator(".ofs-panel").waitFor();
  await shoot("designer-code-step");
}
