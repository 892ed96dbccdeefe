import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDemo, openDemo } from "./open-demo.ts";
import { runPage } from "./run-page.ts";

let demo: OpenDemo;

beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

async function visitor() {
  return runPage((await demo.visit("/run/for-test-code")).page);
}

describe("a code", () => {
  it("confirms in no other browser, for no other user and at no other client, and still for its owner", async () => {
    const owner = await visitor();
    const code = await owner.getCode();
    await owner.closeModal();

    const stranger = await visitor();
    for (const as of [{ userName: "demo" }, { userName: "alice" }, { userName: "nobody" }, { client: "Portal" }]) {
      await stranger.signIn(as);
      await stranger.confirm(code);
      await stranger.alert.getByText("This code no longer works. Get a new code.").waitFor();
    }

    await owner.confirm(code);
    await owner.status.getByText("Code confirmed.").waitFor();
  });

  it("is forgotten with the session that a change of user or client ends", async () => {
    for (const as of [{ userName: "alice" }, { client: "Portal" }]) {
      const person = await visitor();
      const code = await person.getCode();
      await person.closeModal();
      await person.signIn(as);
      expect(await person.field.inputValue()).toBe("");
      await person.confirm(code);
      await person.alert.getByText("This code no longer works. Get a new code.").waitFor();
    }
  });

  it("is shown to no one at a client that is no test client", async () => {
    const person = await visitor();
    await person.signIn({ client: "Portal" });
    await person.getCodeButton.click();
    await person.alert.getByText("“Get one-time code for user” did not work.").waitFor();
    expect(await person.modal.count()).toBe(0);
  });
});
