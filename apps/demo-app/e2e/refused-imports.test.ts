import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forTestCode } from "@onceflow/step-runtime/testing";
import { type DesignerPage, designerPage } from "./designer-page.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

async function openDesigner() {
  const { page } = await demo.visit("/");
  return { page, designer: designerPage(page) };
}

/** Nothing can be replaced, and the open component stands as it stood. */
async function expectRefused(designer: DesignerPage) {
  const { importDialog, canvas } = designer;
  await importDialog.getByText("The open component stays as it was.").waitFor();
  expect(await importDialog.getByRole("button", { name: "Replace" }).isEnabled()).toBe(false);
  await importDialog.getByRole("button", { name: "Cancel" }).click();
  await importDialog.waitFor({ state: "hidden" });
  expect(await canvas.locator("[data-step]").count()).toBe(7);
  expect(await designer.button("Undo").isEnabled()).toBe(false);
}

describe("a file that is no component", () => {
  it.each([
    {
      name: "package.json",
      text: '{ "name": "shop", "version": "1.0.0" }',
      found: "This is a JSON object with the keys name, version.",
    },
    { name: "orders.json", text: "[1, 2, 3]", found: "This is a JSON list with 3 entries." },
    { name: "page.json", text: "<!doctype html><title>Sign in</title>", found: "This is a web page or XML." },
    {
      name: "flow.json",
      text: '{ "format": "other/workflow" }',
      found: "This is a file of the format “other/workflow”.",
    },
  ])("is called what it is: $name", async ({ name, text, found }) => {
    const { designer } = await openDesigner();
    await designer.chooseImportFile({ name, text });
    await designer.importDialog.getByText(found).waitFor();
    await designer.importDialog
      .getByText('Expected a component: a JSON object that starts with "format": "onceflow/component".')
      .waitFor();
    await expectRefused(designer);
  });

  it("is told line and column where its JSON breaks", async () => {
    const { designer } = await openDesigner();
    await designer.chooseImportFile({
      name: "broken.json",
      text: '{\n  "format": "onceflow/component",\n  "formatVersion": 1,,\n  "id": "x"\n}',
    });
    await designer.importDialog.getByText(/problems? keeps? this from being a component\./).waitFor();
    await designer.importDialog
      .getByText(/^3:\d+$/)
      .first()
      .waitFor();
    await expectRefused(designer);
  });
});

describe("a script that throws", () => {
  it("is named on the end-user page with its line and without the secret, and the page stays usable", async () => {
    const { page, designer } = await openDesigner();
    const broken = structuredClone(forTestCode);
    for (const step of broken.dataflows.flatMap(({ stages }) => stages.flatMap(({ steps }) => steps))) {
      if (step.id === "script")
        step.settings = {
          language: "javascript",
          code: "const open = false;\nif (!open) throw new Error('The code is ' + item.oneTimeCode.code);",
        };
    }
    await designer.chooseImportFile({ name: "throws.component.json", text: JSON.stringify(broken) });
    await designer.importDialog.getByRole("button", { name: "Replace" }).click();
    await designer.card("script").waitFor();
    await designer.button("Save").click();
    await page.getByText("All changes saved").waitFor();

    await page.goto("/run/for-test-code");
    const person = runPage(page);
    await person.getCodeButton.click();
    await person.alert.getByText("“Execute script” did not work.").waitFor();
    // Where a script reads a code, its own words may hold it.
    await person.alert
      .getByText(/^The script of step "script" failed at line 2.*masked, because it could read a secret\.$/)
      .waitFor();
    await person.confirmButton.click();
    await person.alert.getByText("Enter the code first.").waitFor();
    await person.getCodeButton.click();
    await person.alert.getByText("“Execute script” did not work.").waitFor();
  });
});
