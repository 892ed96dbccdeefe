import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { designerPage } from "./designer-page.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { anotherCode, runPage } from "./run-page.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

/** How far a page can be pushed sideways. */
async function sidewaysRoom(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe("at 390 pixels", () => {
  it.each(["en", "fr"])("the end-user page in %s never scrolls sideways", async (lang) => {
    const { page } = await demo.visit(`/run/for-test-code?lang=${lang}`, phone);
    const main = page.getByRole("main");
    await main.getByRole("button").first().tap();
    const modal = page.getByRole("dialog");
    await modal.waitFor();
    expect(await sidewaysRoom(page)).toBe(0);
    const code = (await modal.getByRole("img").innerText()).replaceAll(/\s/g, "");
    await modal.getByRole("button").tap();
    await main.getByRole("textbox").fill(anotherCode(code));
    await main.getByRole("button").last().tap();
    await main.getByRole("alert").waitFor();
    expect(await sidewaysRoom(page)).toBe(0);
  });

  it("the reference of the API never scrolls sideways", async () => {
    const { page } = await demo.visit("/docs", phone);
    await page.getByRole("link", { name: "/api/components/{id}/publish" }).tap();
    await page.getByRole("article").filter({ hasText: "Make a version of a component" }).waitFor();
    expect(await sidewaysRoom(page)).toBe(0);
  });

  it("a code can be got and confirmed by touch", async () => {
    const { page } = await demo.visit("/run/for-test-code", phone);
    const person = runPage(page);
    await person.getCodeButton.tap();
    const code = (await person.modal.getByRole("img").innerText()).replaceAll(/\s/g, "");
    await person.modal.getByRole("button", { name: "Close" }).tap();
    await person.field.fill(code);
    await person.confirmButton.tap();
    await person.status.getByText("Code confirmed.").waitFor();
  });

  it("the designer is an outline with the parameters as a sheet", async () => {
    const { page } = await demo.visit("/", phone);
    const designer = designerPage(page);
    const outline = page.getByRole("group", { name: "Stages and steps" });
    await outline.getByRole("button", { name: "Get one-time code for user", exact: true }).tap();
    await designer.panel.getByLabel("Step name").waitFor();
    await designer.panel.getByLabel("Code life time").fill("120");
    expect(await sidewaysRoom(page)).toBe(0);
    await designer.button("Close").tap();
    await designer.panel.waitFor({ state: "hidden" });
    await designer.button("Save").waitFor();
    expect(await sidewaysRoom(page)).toBe(0);
  });
});
