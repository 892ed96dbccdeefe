import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { designerPage } from "./designer-page.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

describe("the keyboard alone", () => {
  it("adds a step from the palette, takes it out again with healing, and takes that back", async () => {
    const { page } = await demo.visit("/");
    const designer = designerPage(page);
    await designer.card("model").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => designer.card("user").getAttribute("data-selected")).toBe("true");

    await designer.paletteItem("Execute script").focus();
    await page.keyboard.press("Enter");
    await designer.waitForConnection("user", "ok", "execute-script");
    await designer.waitForConnection("execute-script", "ok", "code");

    await designer.card("execute-script").focus();
    await page.keyboard.press("Delete");
    await designer.waitForConnection("user", "ok", "code");
    expect(await designer.card("execute-script").count()).toBe(0);

    await page.keyboard.press("Control+z");
    await designer.waitForConnection("execute-script", "ok", "code");
    await page.keyboard.press("Control+Shift+z");
    await designer.waitForConnection("user", "ok", "code");
  });

  it("finds a step by its name and puts it after the selected one", async () => {
    const { page } = await demo.visit("/");
    const designer = designerPage(page);
    await designer.card("code").focus();
    await designer.card("code").click();
    await page.keyboard.press("a");
    await page.getByRole("combobox", { name: "Find a step" }).waitFor();
    await page.keyboard.type("transform");
    await page.keyboard.press("Enter");
    await designer.waitForConnection("code", "ok", "transform-model");
    await expect
      .poll(() => designer.card("transform-model").evaluate((card) => card === document.activeElement))
      .toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => designer.panel.evaluate((panel) => panel.contains(document.activeElement))).toBe(true);
  });

  it("walks from problem to problem with F8", async () => {
    const { page } = await demo.visit("/");
    const designer = designerPage(page);
    await designer.card("code").click();
    await designer.panel.getByLabel("Code life time").fill("30");
    await designer.card("store").click();
    await designer.panel.getByRole("heading", { level: 2, name: "Store in ForTestCode" }).waitFor();
    await page.keyboard.press("Delete");
    await designer.card("store").waitFor({ state: "detached" });
    await page.keyboard.press("Shift+Delete");
    await designer.problems.getByText(/^[2-9]\d* problems$/).waitFor();

    const live = page.getByRole("status").filter({ hasText: /^Problem / });
    await page.keyboard.press("F8");
    await live.getByText(/^Problem 1 of \d+: /).waitFor();
    const first = await designer.panel.getByRole("heading", { level: 2 }).innerText();
    await page.keyboard.press("F8");
    await live.getByText(/^Problem 2 of \d+: /).waitFor();
    expect(await designer.panel.getByRole("heading", { level: 2 }).innerText()).not.toBe(first);
    await page.keyboard.press("Shift+F8");
    await live.getByText(/^Problem 1 of \d+: /).waitFor();
  });

  it("gets a code and confirms it on the end-user page", async () => {
    const { page } = await demo.visit("/run/for-test-code");
    const person = runPage(page);
    await person.getCodeButton.focus();
    await page.keyboard.press("Enter");
    const code = (await person.modal.getByRole("img").innerText()).replaceAll(/\s/g, "");
    await page.keyboard.press("Escape");
    await expect.poll(() => person.getCodeButton.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await person.status.getByText("Code confirmed.").waitFor();
  });
});
