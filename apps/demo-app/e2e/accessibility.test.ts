import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { designerPage } from "./designer-page.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { anotherCode, runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

describe.each(["light", "dark"] as const)("in %s colours", (theme) => {
  it("the designer meets WCAG 2.2 AA, with a step's parameters, a run and the import dialog", async () => {
    const { page } = await demo.visit(`/?theme=${theme}`);
    const designer = designerPage(page);
    await designer.card("code").click();
    await designer.panel.getByLabel("Code life time").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);

    await designer.button("Run").click();
    await designer.preview.getByRole("dialog").waitFor();
    await designer.lastRun.getByText("Completed").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);

    await designer.button("Import").click();
    await designer.importDialog.getByLabel("Or paste its JSON").fill("[]");
    await designer.importDialog.getByText("The open component stays as it was.").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);
  });

  it("the reference of the API meets WCAG 2.2 AA", async () => {
    const { page } = await demo.visit("/docs", { colorScheme: theme });
    await page.getByRole("heading", { name: "Onceflow API", level: 1 }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it("the designer's menus and lists meet WCAG 2.2 AA", async () => {
    const { page } = await demo.visit(`/?theme=${theme}`);
    const designer = designerPage(page);
    for (const opener of [/^Dataflow: /, "Actions for stage Issue"]) {
      await designer.button(opener).click();
      await page.getByRole("menu").waitFor();
      expect.soft(await axeViolations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("menu").waitFor({ state: "hidden" });
    }

    await designer.card("code").click();
    await designer.panel.getByLabel("Code life time").fill("30");
    await designer.problems.getByText("1 problem").click();
    await page.getByRole("tabpanel", { name: "Problems" }).getByRole("button").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);

    await page.getByRole("tab", { name: "Outline" }).click();
    expect.soft(await axeViolations(page)).toEqual([]);
  });

  it("the designer on a phone meets WCAG 2.2 AA, with the parameters as a sheet", async () => {
    const { page } = await demo.visit(`/?theme=${theme}`, { viewport: { width: 390, height: 844 } });
    await page.getByRole("button", { name: "Get one-time code for user", exact: true }).click();
    await designerPage(page).panel.getByLabel("Code life time").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);
  });

  it("the end-user page meets WCAG 2.2 AA, at the start, with the modal, and after wrong and right codes", async () => {
    const { page } = await demo.visit(`/run/for-test-code?theme=${theme}`);
    const person = runPage(page);
    await person.getCodeButton.waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);

    const code = await person.getCode();
    expect.soft(await axeViolations(page)).toEqual([]);

    await person.closeModal();
    await person.confirm(anotherCode(code));
    await person.alert.getByText("You can try again.").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);

    await person.confirm(code);
    await person.status.getByText("Code confirmed.").waitFor();
    expect.soft(await axeViolations(page)).toEqual([]);
  });
});
