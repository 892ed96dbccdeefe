import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { designerPage } from "./designer-page.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

/** What stays of a page in the browser: its stores and the cookies that it can read. */
async function keptBy(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.state]),
  );
}

describe("the digits of a code", () => {
  it("stand in the end user's modal, and in no address, store or console", async () => {
    const { page, record } = await demo.visit("/run/for-test-code");
    const person = runPage(page);
    const code = await person.getCode();
    expect(await page.content()).not.toContain(code);
    await person.closeModal();
    await person.confirm(code);
    await person.status.getByText("Code confirmed.").waitFor();

    expect(await person.field.inputValue()).toBe("");
    expect(await page.content()).not.toContain(code);
    expect(await keptBy(page)).not.toContain(code);
    expect(record.urls.join("\n")).not.toContain(code);
    expect(record.console.join("\n")).not.toContain(code);
  });

  it("stand in the preview's modal, and nowhere in the designer around it", async () => {
    const { page, record } = await demo.visit("/");
    const designer = designerPage(page);
    await designer.button("Run").click();
    const digits = designer.preview.getByRole("dialog").getByRole("img");
    const code = (await digits.innerText()).replaceAll(/\s/g, "");
    expect(code).toMatch(/^\d{6}$/);
    await designer.lastRun.getByText("Completed").waitFor();

    const seen: string[] = [];
    for (const step of await designer.lastRun.getByRole("listitem").getByRole("button").all()) {
      await step.click();
      for (const part of ["Input", "Output", "Messages", "Errors"]) {
        await designer.lastRun.getByRole("button", { name: part, exact: true }).click();
        seen.push(await designer.lastRun.innerText());
      }
      await designer.panel.getByRole("tab", { name: "Output" }).click();
      seen.push(await designer.panel.innerText());
      await designer.panel.getByRole("tab", { name: "Parameters" }).click();
      seen.push(await page.content());
    }
    // The walk did pass by the secret.
    expect(seen.join("\n")).toContain("••••••");
    expect(seen.join("\n")).not.toContain(code);
    expect(await keptBy(page)).not.toContain(code);
    expect(record.urls.join("\n")).not.toContain(code);
    expect(record.console.join("\n")).not.toContain(code);
  });
});
