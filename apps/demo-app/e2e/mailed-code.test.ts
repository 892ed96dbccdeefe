import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "./axe-violations.ts";
import { openDemo, type OpenDemo } from "./open-demo.ts";
import { runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The newest mail to an address, once there are so many. */
async function mailTo(address: string, count = 1): Promise<Mail> {
  return expect
    .poll(
      async () => ((await (await fetch(`${demo.url}/inbox.json`)).json()) as Mail[]).filter(({ to }) => to === address),
      {
        timeout: 20_000,
      },
    )
    .toHaveLength(count)
    .then(async () => {
      const mails = (await (await fetch(`${demo.url}/inbox.json`)).json()) as Mail[];
      const mail = mails.find(({ to }) => to === address);
      if (mail === undefined) throw new Error("There is no such mail.");
      return mail;
    });
}

function codeOf({ text }: Mail): string {
  return /\b\d{8}\b/.exec(text)?.[0] ?? "";
}

function another(code: string): string {
  return code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);
}

const path = "/run/sign-in-with-mailed-code";

/** Opens the page as nobody: who signs in is no one yet. */
async function visitAsNobody() {
  const visit = await demo.visit(path);
  await runPage(visit.page).signIn({ userName: "nobody" });
  return visit;
}

describe("signing in with a mailed code", () => {
  it("mails a code, lets a wrong one be corrected, and confirms the right one", async () => {
    const { page } = await visitAsNobody();
    await page.getByLabel("User name").fill("demo");
    await page.getByRole("button", { name: "Send me a code" }).click();
    const dialog = page.getByRole("dialog");
    const field = dialog.getByLabel("Code", { exact: true });
    await field.waitFor();
    expect(await field.getAttribute("autocomplete")).toBe("one-time-code");
    expect(await dialog.getByText("d•••@example.test").count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    const mail = await mailTo("demo@example.test");
    const code = codeOf(mail);
    expect(code).toMatch(/^\d{8}$/);
    expect(mail.subject).not.toContain(code);

    await field.fill(another(code));
    await field.press("Enter");
    await dialog.getByText("That code is not right. Try again.").waitFor();
    expect(await field.inputValue()).toBe("");
    await field.fill(`${code.slice(0, 4)} ${code.slice(4)}`);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Code confirmed.").waitFor();
    // The proof is for the application that embeds the page.
    expect(await page.content()).not.toContain("eyJ");
  });

  it("sends another code on demand; the old one is dead", async () => {
    const { page } = await visitAsNobody();
    await page.getByLabel("User name").fill("alice");
    await page.getByRole("button", { name: "Send me a code" }).click();
    const dialog = page.getByRole("dialog");
    const resend = dialog.getByRole("button", { name: /Send another code/ });
    await resend.waitFor();
    expect(await resend.getAttribute("aria-disabled")).toBe("true");
    const old = codeOf(await mailTo("alice@example.test"));
    // The page's own countdown runs on: a test does not wait for it, the run is asked as the page would.
    await page.clock.install();
    await page.clock.runFor(31_000);
    await demo.ageCodes(31);
    await resend.click();
    const fresh = codeOf(await mailTo("alice@example.test", 2));
    expect(fresh).not.toBe(old);
    const field = dialog.getByLabel("Code", { exact: true });
    await field.fill(old);
    await field.press("Enter");
    await dialog.getByText("That code is not right. Try again.").waitFor();
    await field.fill(fresh);
    await field.press("Enter");
    await page.getByText("Code confirmed.").waitFor();
  });

  it("looks the same for a name that nobody has, and mails nothing", async () => {
    const { page } = await visitAsNobody();
    await page.getByLabel("User name").fill("ghost");
    await page.getByRole("button", { name: "Send me a code" }).click();
    const dialog = page.getByRole("dialog");
    const field = dialog.getByLabel("Code", { exact: true });
    await field.waitFor();
    expect(await dialog.getByText("g•••@example.test").count()).toBe(1);
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await field.fill(`0000000${attempt}`);
      await field.press("Enter");
      await dialog.getByText("That code is not right. Try again.").waitFor();
      await expect.poll(() => field.inputValue()).toBe("");
    }
    await field.fill("00000005");
    await field.press("Enter");
    await page.getByText("This code no longer works. Get a new code.").waitFor();
    const mails = (await (await fetch(`${demo.url}/inbox.json`)).json()) as Mail[];
    expect(mails.filter(({ to }) => to.startsWith("g"))).toEqual([]);
  });

  it("revokes by the link in the mail, which opening alone does not", async () => {
    const { page } = await visitAsNobody();
    await page.getByLabel("User name").fill("demo");
    // The first test had a code for the same name.
    await demo.ageCodes(1000);
    await page.getByRole("button", { name: "Send me a code" }).click();
    const field = page.getByRole("dialog").getByLabel("Code", { exact: true });
    await field.waitFor();
    const mail = await mailTo("demo@example.test", 2);
    const link = /https?:\S+\/not-me\/\S+/.exec(mail.text)?.[0] ?? "";
    for (let scans = 0; scans < 3; scans += 1) expect((await fetch(link)).status).toBe(200);
    expect(await (await fetch(link, { method: "POST" })).text()).toContain("The code no longer works");
    expect(await (await fetch(link, { method: "POST" })).text()).toContain("This link is over");
    await field.fill(codeOf(mail));
    await field.press("Enter");
    await page.getByText("This code no longer works. Get a new code.").waitFor();
  });

  it("shows the mail in the designer's preview, where its code signs in", async () => {
    const { page } = await demo.visit("/?component=sign-in-with-mailed-code");
    const preview = page.frameLocator('iframe[sandbox^="allow-same-origin"]');
    await preview.getByLabel("User name").fill("demo");
    await preview.getByRole("button", { name: "Send me a code" }).click();
    await page.getByRole("button", { name: "Read the message it sent" }).click();
    const message = page.getByRole("region", { name: "Last run" }).getByRole("article");
    const code = codeOf({ to: "", subject: "", text: await message.locator("pre").innerText() });
    expect(code).toMatch(/^\d{8}$/);
    await message.getByRole("button", { name: "HTML" }).click();
    await message.frameLocator("iframe").getByText(code).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await preview.getByLabel("Code", { exact: true }).fill(code);
    await preview.getByRole("button", { name: "Sign in", exact: true }).click();
    await preview.getByText("Code confirmed.").waitFor();
  });
});
