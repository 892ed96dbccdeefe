import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

/** The rows of these events, newest first. */
function rows(page: Page, event: string) {
  return page.locator(`tr[data-event="${event}"]`);
}

describe("the audit page", () => {
  it("shows why a user may no longer try, and lets them try again", async () => {
    const person = runPage((await demo.visit("/run/for-test-code")).page);
    await person.signIn({ userName: "alice" });
    await person.lockCode();
    const { page } = await demo.visit("/");
    await page.getByRole("link", { name: "Audit trail" }).click();
    await page.getByRole("heading", { name: "Audit trail", level: 1 }).waitFor();
    await rows(page, "locked").getByText("attempt 5").waitFor();
    expect(await rows(page, "confirm_failed").allInnerTexts()).toEqual(
      [5, 4, 3, 2, 1].map((attempt) => expect.stringContaining(`wrong code · attempt ${attempt}`) as unknown),
    );
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole("button", { name: "Events All events" }).click();
    await page.getByRole("checkbox", { name: "Code locked" }).check();
    await page.getByRole("checkbox", { name: "User unlocked" }).check();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByLabel("User ID", { exact: true }).fill("user-alice");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("1 entry").waitFor();
    expect(page.url()).toContain("user=user-alice&event=locked%2Cunlocked");

    const opener = page.getByRole("button", { name: "Unlock user user-alice" });
    await opener.click();
    const dialog = page.getByRole("dialog", { name: "Unlock user-alice?" });
    await dialog.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await rows(page, "unlocked").count()).toBe(0);

    await opener.click();
    await dialog.getByRole("button", { name: "Unlock user" }).click();
    await page.getByRole("status").getByText("user-alice may enter codes again.").waitFor();
    await rows(page, "unlocked").waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it("shows live what happens elsewhere", async () => {
    const { page } = await demo.visit("/audit?user=user-demo&event=issued");
    await page.getByText("No entry matches these filters").waitFor();
    await page.getByRole("switch", { name: "Live" }).check();
    const person = runPage((await demo.visit("/run/for-test-code")).page);
    await person.getCode();
    await rows(page, "issued").waitFor();
  });

  it("narrows by a press on a run, keeps that in its address, and widens again", async () => {
    const { page } = await demo.visit("/audit");
    const all = page.locator("tr[data-event]");
    await all.first().waitFor();
    const before = await all.count();
    await rows(page, "locked")
      .getByRole("button", { name: /^Only Run/ })
      .click();
    // Not the moment in which the narrower trail is still read.
    await page.getByRole("button", { name: "Clear filters" }).waitFor();
    await all.first().waitFor();
    const narrowed = await all.count();
    expect(narrowed).toBeLessThan(before);
    await page.reload();
    await all.first().waitFor();
    expect(await all.count()).toBe(narrowed);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => all.count()).toBeGreaterThan(narrowed);
  });

  it("says that it is offline, and reads on by itself afterwards", async () => {
    const { page } = await demo.visit("/audit");
    await page.locator("tr[data-event]").first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole("alert").getByText("You are offline. What you see may be out of date.").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("alert").waitFor({ state: "hidden" });
  });

  it.each(["en", "fr"])(
    "never scrolls sideways on a phone in %s, and is in order for a screen reader there",
    async (lang) => {
      const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
      const { page } = await demo.visit(`/audit?lang=${lang}&theme=dark`, phone);
      await page.locator("tr[data-event]").first().waitFor();
      await page.getByRole("button", { name: /^Filt/ }).tap();
      await page.locator(".audit-select").tap();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    },
  );

  it("loads older entries until the trail begins", async () => {
    const person = runPage((await demo.visit("/run/for-test-code")).page);
    // Each code is issued and shown, and takes the place of the one before.
    for (let codes = 0; codes < 16; codes += 1) {
      await person.getCode();
      await person.closeModal();
    }
    const { page } = await demo.visit("/audit");
    const all = page.locator("tr[data-event]");
    await page.getByText("50 entries").waitFor();
    await page.getByRole("button", { name: "Load older" }).click();
    await page.getByText("This is where the trail begins.").waitFor();
    expect(await all.count()).toBeGreaterThan(50);
    expect(await all.last().getAttribute("data-event")).toMatch(/_put$/);
  });
});
