import { describe, expect, it, onTestFinished } from "vitest";
import { visitDemo } from "./testing/demo-visitor.ts";
import { codeIn, mailTo } from "./testing/mail-to.ts";
import { createTestDemo } from "./testing/test-demo.ts";

describe("a mail scanner that opens every link of a mail", () => {
  it.each(["GET", "HEAD"])("changes nothing with %s: the code confirms afterwards", async (method) => {
    const demo = await createTestDemo({ testMode: false });
    onTestFinished(() => demo.close());
    const visitor = await visitDemo(demo);
    const asked = await visitor.run("sign-in", { UserName: "demo" }, "sign-in-with-mailed-code");
    const mail = await mailTo(demo, "demo@example.test");
    const rows = async () => (await demo.database.pool.query("SELECT * FROM otp.challenges, otp.budgets")).rows;
    const before = await rows();

    const links = `${mail.text}\n${mail.html}`.match(/https?:\/\/[^\s"'<>]+/g) ?? [];
    expect(links.length).toBeGreaterThanOrEqual(2);
    for (const link of [...links, ...links]) expect((await fetch(link, { method })).status).toBe(200);

    expect(await rows()).toEqual(before);
    const answered = await visitor.answer(asked, { Code: codeIn(mail) });
    expect(answered).toMatchObject({ status: "completed", response: { confirmed: true } });
  });
});
