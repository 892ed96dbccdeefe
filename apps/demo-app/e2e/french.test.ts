import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDemo, openDemo } from "./open-demo.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

describe("in French", () => {
  it("the designer says what the documentation says", async () => {
    const { page } = await demo.visit("/?lang=fr");
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await page.locator('[data-step="code"]').click();
    const labels = page.getByRole("region", { name: "Paramètres" }).locator("label");
    for (const label of [
      "Nom de l’étape",
      "Étape source",
      "Nom d’utilisateur",
      "Client pour la demande",
      "Durée de vie du code",
    ]) {
      await labels.filter({ hasText: label }).waitFor();
    }
    await page.getByRole("button", { name: "Importer" }).waitFor();
  });

  it("the end-user page speaks it from the first button to the answer", async () => {
    const { page } = await demo.visit("/run/for-test-code?lang=fr");
    await page.getByRole("button", { name: "Obtenir le code" }).click();
    const modal = page.getByRole("dialog", { name: "Code à usage unique" });
    const code = (await modal.getByRole("img").innerText()).replaceAll(/\s/g, "");
    await modal.getByRole("button", { name: "Fermer" }).click();
    await page.getByLabel("Code", { exact: true }).fill(code);
    await page.getByRole("button", { name: "Confirmer le code" }).click();
    await page.getByText("Code confirmé.").waitFor();
  });

  it("is chosen by the browser's language", async () => {
    const { page } = await demo.visit("/run/for-test-code", { locale: "fr-CA" });
    await page.getByRole("button", { name: "Obtenir le code" }).waitFor();
  });
});
