import type { Locator, Page } from "playwright-core";

/** The end-user page, in words of the person before it; every action waits for its effect. */
export interface RunPage {
  readonly getCodeButton: Locator;
  readonly confirmButton: Locator;
  readonly field: Locator;
  readonly modal: Locator;
  /** What is wrong: with a run, or at the field. */
  readonly alert: Locator;
  /** What came of a run that went well. */
  readonly status: Locator;
  /** Presses *Get code*; the digits that the modal shows. */
  getCode(): Promise<string>;
  closeModal(): Promise<void>;
  /** Types a code and presses *Confirm code*. */
  confirm(code: string): Promise<void>;
  /** Gets a code and types a wrong one until no more attempts are left. */
  lockCode(): Promise<void>;
  /** Chooses who the page acts as, and waits for the new session. */
  signIn(as: { userName?: string; client?: string }): Promise<void>;
}

/** Names what stands on the end-user page. */
export function runPage(page: Page): RunPage {
  const main = page.getByRole("main");
  const getCodeButton = main.getByRole("button", { name: "Get code" });
  const confirmButton = main.getByRole("button", { name: "Confirm code" });
  const field = main.getByLabel("Code", { exact: true });
  const modal = page.getByRole("dialog");

  async function choose(label: string, option: string): Promise<void> {
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/session"));
    await page.getByLabel(label).selectOption({ label: option });
    await answered;
    // The answer is not yet the page: what is typed before the new session's page stands would go with the old one.
    await page.locator('nav[aria-busy="false"]').waitFor();
  }

  const person: RunPage = {
    getCodeButton,
    confirmButton,
    field,
    modal,
    alert: main.getByRole("alert"),
    status: main.getByRole("status"),
    async getCode() {
      await getCodeButton.click();
      return (await modal.getByRole("img").innerText()).replaceAll(/\s/g, "");
    },
    async closeModal() {
      await modal.getByRole("button", { name: "Close" }).click();
      await modal.waitFor({ state: "hidden" });
    },
    async confirm(code) {
      await field.fill(code);
      await confirmButton.click();
    },
    async lockCode() {
      const wrong = anotherCode(await person.getCode());
      await person.closeModal();
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        await person.confirm(wrong);
        await person.alert.getByText("You can try again.").waitFor();
        // Typing takes the answer to the attempt before away.
        await field.fill("");
      }
      await person.confirm(wrong);
      await person.alert.getByText("This code no longer works.").waitFor();
    },
    async signIn({ userName, client }) {
      if (userName !== undefined) await choose("Signed in as", userName);
      if (client !== undefined) await choose("Client", client);
    },
  };
  return person;
}

/** A code that is well-formed and not this one. */
export function anotherCode(code: string): string {
  return code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);
}
