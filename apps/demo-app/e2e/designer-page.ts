import type { FrameLocator, Locator, Page } from "playwright-core";

/** The designer, in words of the person before it. */
export interface DesignerPage {
  readonly canvas: Locator;
  /** *Parameters* of the selected step. */
  readonly panel: Locator;
  /** The page inside the live preview. */
  readonly preview: FrameLocator;
  readonly importDialog: Locator;
  readonly lastRun: Locator;
  readonly problems: Locator;
  /** A step's card, by the id that the file gives the step. */
  card(stepId: string): Locator;
  /** The line between two steps. */
  edge(fromStepId: string, outcome: string, toStepId: string): Locator;
  /** A step type in the palette. */
  paletteItem(name: string): Locator;
  button(name: string | RegExp): Locator;
  /** Opens another dataflow of the component. */
  openDataflow(name: string): Promise<void>;
  /** Drags a step type with the mouse and drops it on what stands at a place. */
  dragFromPalette(name: string, to: Point): Promise<void>;
  waitForConnection(fromStepId: string, outcome: string, toStepId: string): Promise<void>;
  /** Draws a connection with the mouse, from a way out of a step to another step. */
  connect(fromStepId: string, outcome: string, toStepId: string): Promise<void>;
  /** Picks a file in the import dialog, opening it first where it is closed. */
  chooseImportFile(file: string | { name: string; text: string }): Promise<void>;
}

/** A place in the window. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Names what stands in the English designer. */
export function designerPage(page: Page): DesignerPage {
  const canvas = page.getByRole("application", { name: /^Dataflow / });
  const importDialog = page.getByRole("dialog", { name: "Import a component" });
  const button = (name: string | RegExp) =>
    page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  const card = (stepId: string) => canvas.locator(`[data-step="${stepId}"]`);

  const edge = (from: string, outcome: string, to: string) => canvas.locator(`[data-edge="${from}.${outcome}>${to}"]`);

  return {
    canvas,
    panel: page.getByRole("region", { name: "Parameters" }),
    preview: page.frameLocator('iframe[title="The page as an end user sees it"]'),
    importDialog,
    lastRun: page.getByRole("region", { name: "Last run" }),
    problems: page.getByRole("banner").getByRole("button", { name: /problems?$/ }),
    card,
    edge,
    paletteItem: (name) => page.getByRole("tabpanel", { name: "Steps" }).getByRole("button", { name, exact: true }),
    button,
    async openDataflow(name) {
      await button(/^Dataflow: /).click();
      await page.getByRole("menu").getByText(name, { exact: true }).click();
    },
    async dragFromPalette(name, to) {
      const from = await middleOf(this.paletteItem(name));
      await drag(page, from, to);
    },
    // A straight line has no area, which counts as hidden.
    waitForConnection: (from, outcome, to) => edge(from, outcome, to).waitFor({ state: "attached" }),
    async connect(fromStepId, outcome, toStepId) {
      const port = canvas.locator(`.react-flow__handle[data-nodeid="${fromStepId}"][data-handleid="out:${outcome}"]`);
      await drag(page, await middleOf(port), await middleOf(card(toStepId)));
    },
    async chooseImportFile(file) {
      if (!(await importDialog.isVisible())) await button("Import").click();
      const chooser = page.waitForEvent("filechooser");
      await importDialog.getByRole("button", { name: "Choose a file…" }).click();
      const chosen =
        typeof file === "string"
          ? file
          : { name: file.name, mimeType: "application/json", buffer: Buffer.from(file.text) };
      await (await chooser).setFiles(chosen);
    },
  };
}

/** The middle of what a person sees of something. */
export async function middleOf(locator: Locator): Promise<Point> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`Nothing is shown of ${locator.toString()}.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // A hand moves in many small steps, and a drag begins only with the first of them.
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}
