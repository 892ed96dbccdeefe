import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { designerPage, middleOf } from "./designer-page.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { anotherCode, runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

describe("a person who changes ForTestCode", () => {
  it("downloads it, imports it, edits it on the canvas, saves it, and end users meet the changes", async () => {
    const { page, record } = await demo.visit("/");
    const designer = designerPage(page);

    // Download and import.
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "ForTestCode JSON" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("for-test-code.component.json");
    const file = `test-results/${download.suggestedFilename()}`;
    await download.saveAs(file);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
      format: "onceflow/component",
      id: "for-test-code",
    });
    await designer.chooseImportFile(file);
    await designer.importDialog.getByText("2 dataflows, 11 steps.").waitFor();
    await designer.importDialog.getByRole("button", { name: "Replace" }).click();
    await designer.importDialog.waitFor({ state: "hidden" });

    // Both dataflows stand on the canvas as cards.
    await designer.openDataflow("Confirm code");
    await designer.card("confirm").getByText("Confirm one-time code for user").waitFor();
    expect(await designer.canvas.locator("[data-step]").count()).toBe(4);
    await designer.openDataflow("Get code");
    await designer.card("code").getByText("Get one-time code for user").waitFor();
    expect(await designer.canvas.locator("[data-step]").count()).toBe(7);

    // A step dropped on a line is spliced into it.
    await designer.dragFromPalette("Set definitions", await middleOf(designer.edge("script", "ok", "store")));
    await designer.waitForConnection("script", "ok", "set-definitions");
    await designer.waitForConnection("set-definitions", "ok", "store");
    await designer.panel.getByLabel("Add a definition…").selectOption("ForTestCode");
    await designer.panel.getByRole("textbox", { name: "ForTestCode" }).fill("new_code");
    await designer.card("set-definitions").getByText("Sets ForTestCode from new_code").waitFor();

    // A step dropped beside them stands alone until a line leads to it.
    const { x, y } = await middleOf(designer.card("model"));
    await designer.dragFromPalette("Write response", { x: x + 190, y: y + 40 });
    await designer.problems.getByText("1 problem").waitFor();
    await designer.connect("model", "invalid", "write-response");
    await designer.waitForConnection("model", "invalid", "write-response");
    await designer.problems.getByText("No problems").waitFor();

    // The card says what the panel sets.
    await designer.card("code").click();
    await designer.panel.getByLabel("Code life time").fill("120");
    await designer.card("code").getByText("valid 2 min").waitFor();

    // The preview follows each letter of the modal's title, and so does the next run.
    const shown = designer.preview.getByRole("dialog");
    await designer.button("Run").click();
    await shown.getByRole("heading", { name: "One-time code" }).waitFor();
    // Its card lies below the drawer now; the list of the run leads to it.
    await designer.lastRun.getByRole("button", { name: /Show modal/ }).click();
    await designer.panel.getByRole("button", { name: "Edit modal" }).click();
    await designer.panel.getByLabel("Title of the modal").fill("Your code");
    await shown.getByRole("heading", { name: "Your code" }).waitFor();
    await designer.button("Run").click();
    await designer.lastRun.getByText("Completed").waitFor();
    await shown.getByRole("heading", { name: "Your code" }).waitFor();

    // Undo and redo.
    await designer.button(/^Undo /).click();
    await shown.getByRole("heading", { name: "One-time code" }).waitFor();
    await designer.button(/^Redo /).click();
    await shown.getByRole("heading", { name: "Your code" }).waitFor();

    // Save.
    await designer.button("Save").click();
    await page.getByText("All changes saved").waitFor();

    // The end user gets a code, types it and is done.
    await page.getByRole("link", { name: "End-user page" }).click();
    const user = runPage(page);
    const code = await user.getCode();
    expect(code).toMatch(/^\d{6}$/);
    await user.modal.getByRole("heading", { name: "Your code" }).waitFor();
    await user.closeModal();
    await user.confirm(code);
    await user.status.getByText("Code confirmed.").waitFor();

    // A wrong code can be tried again.
    const second = await user.getCode();
    await user.closeModal();
    await user.confirm(anotherCode(second));
    await user.alert.getByText("That code is not right. You can try again.").waitFor();
    expect(await user.field.inputValue()).toBe("");
    expect(await user.field.evaluate((field) => field === document.activeElement)).toBe(true);

    // A code that is too old cannot.
    await demo.ageCodes(301);
    await user.confirm(second);
    await user.alert.getByText("This code no longer works. Get a new code.").waitFor();

    // Nothing of all that failed on the way or broke the page's security policy.
    expect(record.failures).toEqual([]);
  });
});
