// @vitest-environment jsdom
import {
  type Component,
  componentSchema,
  type DataflowRunner,
  type JsonObject,
  type RunResult,
} from "@onceflow/step-runtime";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { ComponentPage } from "./component-page.tsx";

afterEach(cleanup);

const component: Component = componentSchema.parse({
  format: "onceflow/component",
  formatVersion: 1,
  id: "for-test-code",
  name: { en: "Get one-time code", fr: "Obtenir un code" },
  definitions: [{ name: "ForTestCode", type: "string", secret: true }],
  page: {
    controls: [
      { type: "button", label: { en: "Get code", fr: "Obtenir le code" }, dataflow: "get-code" },
      { type: "text-field", label: "Code", definition: "ForTestCode", inputMode: "one-time-code" },
      { type: "button", label: { en: "Confirm code", fr: "Confirmer le code" }, dataflow: "confirm-code" },
      { type: "slider", label: "Volume" },
    ],
  },
  dataflows: [
    {
      id: "get-code",
      name: "Get",
      stages: [{ id: "s", name: "S", steps: [{ id: "script", type: "execute-script", name: "Run the script" }] }],
    },
    {
      id: "confirm-code",
      name: "Confirm",
      stages: [
        {
          id: "s",
          name: "S",
          steps: [{ id: "reply", type: "write-response", name: "Reply", settings: { proof: true } }],
        },
      ],
    },
  ],
});
const session = { userName: "demo", clientName: "Digital Workplace", testMode: true };

const completed = (part: Partial<RunResult>): RunResult => ({
  status: "completed",
  response: null,
  responseStatus: 200,
  definitions: {},
  modal: null,
  messages: [],
  error: null,
  ...part,
});
const shownCode = (value: string) =>
  completed({
    response: { ForTestCode: value },
    definitions: { ForTestCode: value },
    modal: {
      id: "code",
      title: "One-time code",
      expiresAt: "2026-01-01T10:47:00Z",
      controls: [
        { type: "label", definition: "ForTestCode", value },
        { type: "button", label: "Close", action: "close" },
      ],
    },
  });

/** Answers each call with the next result; remembers what it was sent. */
function answering(...results: readonly (RunResult | Error)[]): DataflowRunner & { readonly sent: JsonObject[] } {
  const sent: JsonObject[] = [];
  return {
    sent,
    async run({ input }) {
      const result = results[sent.length] ?? new Error("no more results");
      sent.push(input);
      if (result instanceof Error) throw result;
      return result;
    },
  };
}

function show(runner: DataflowRunner, more: Partial<Parameters<typeof ComponentPage>[0]> = {}) {
  const user = userEvent.setup();
  render(<ComponentPage component={component} runner={runner} locale="en" session={session} {...more} />);
  return user;
}
const button = (name: string) => screen.getByRole("button", { name });
const isPrimary = (name: string) => !button(name).classList.contains("ofp-secondary");

describe("ComponentPage", () => {
  it("shows the code of a run in a modal that reads it digit by digit, and gives the focus back", async () => {
    const user = show(answering(shownCode("482913")));
    await user.click(button("Get code"));
    const dialog = await screen.findByRole("dialog", { name: "One-time code" });
    expect(dialog.getAttribute("aria-modal")).toBe("true");
    expect(within(dialog).getByRole("img", { name: "4 8 2 9 1 3" }).textContent).toBe("482913");
    expect(within(dialog).getByText(/^Valid until \d\d:47\. Works once\.$/)).toBeTruthy();
    expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Close" }));
    await user.tab();
    expect(dialog.contains(document.activeElement)).toBe(true);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(button("Get code")));
    expect(screen.getByLabelText<HTMLInputElement>("Code").value).toBe("");
  });

  it("makes Confirm the primary button once a code was got", async () => {
    const user = show(answering(shownCode("482913")));
    expect([isPrimary("Get code"), isPrimary("Confirm code")]).toEqual([true, false]);
    await user.click(button("Get code"));
    await user.click(await screen.findByRole("button", { name: "Close" }));
    expect([isPrimary("Get code"), isPrimary("Confirm code")]).toEqual([false, true]);
  });

  it("says why a code is masked outside test mode", async () => {
    const user = show(answering(shownCode("••••••")), { session: { ...session, testMode: false } });
    expect(screen.queryByText("Test mode.")).toBeNull();
    await user.click(button("Get code"));
    expect(await screen.findByText("Hidden: codes show on screen in test mode only.")).toBeTruthy();
  });

  it("empties and focuses the field after a wrong code", async () => {
    const runner = answering(completed({ response: { confirmed: false, retryable: true } }));
    const user = show(runner);
    const field = screen.getByLabelText<HTMLInputElement>("Code");
    await user.type(field, "123456{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("That code is not right. You can try again.");
    expect(runner.sent).toEqual([{ ForTestCode: "123456" }]);
    expect(field.value).toBe("");
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await user.type(field, "4");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("asks for a new code when the old one is dead, and welcomes a confirmed one", async () => {
    const user = show(
      answering(
        completed({ response: { confirmed: false, retryable: false } }),
        completed({ response: { confirmed: true, retryable: false } }),
      ),
    );
    await user.type(screen.getByLabelText("Code"), "123456{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("This code no longer works. Get a new code.");
    expect(isPrimary("Get code")).toBe(true);
    await user.type(screen.getByLabelText("Code"), "482913{Enter}");
    expect(await screen.findByText("Code confirmed.")).toBeTruthy();
  });

  it("asks for the code before it spends a try", async () => {
    const runner = answering();
    const user = show(runner);
    await user.click(button("Confirm code"));
    expect((await screen.findByRole("alert")).textContent).toBe("Enter the code first.");
    expect(runner.sent).toEqual([]);
  });

  it("cleans a pasted code", async () => {
    const user = show(answering());
    await user.click(screen.getByLabelText("Code"));
    await user.paste("'482-913 '");
    expect(screen.getByLabelText<HTMLInputElement>("Code").value).toBe("482913");
  });

  it("keeps what was typed when the server was not reached, and tries again", async () => {
    const runner = answering(new Error("offline"), completed({ response: { confirmed: true } }));
    const user = show(runner);
    await user.type(screen.getByLabelText("Code"), "482913{Enter}");
    expect(await screen.findByText("Could not reach the server.")).toBeTruthy();
    await user.click(button("Try again"));
    expect(await screen.findByText("Code confirmed.")).toBeTruthy();
    expect(runner.sent).toEqual([{ ForTestCode: "482913" }, { ForTestCode: "482913" }]);
  });

  it("names the step that failed and what to do", async () => {
    const failed: RunResult = {
      ...completed({}),
      status: "failed",
      error: { code: "script-error", message: "Line 1: x is not defined", stepId: "script" },
    };
    const user = show(answering(failed));
    await user.click(button("Get code"));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("“Run the script” did not work.");
    expect(alert.textContent).toContain("Try again.");
  });

  it("sums up any other response and never prints a secret of it", async () => {
    const user = show(
      answering(
        completed({
          response: { ForTestCode: "482913", total: 3, list: [1, 2], proof: "eyJ.eyJ.c2ln" },
          responseStatus: 201,
        }),
      ),
    );
    await user.click(button("Get code"));
    expect(await screen.findByText("Response 201")).toBeTruthy();
    expect(screen.getByText("total").nextElementSibling?.textContent).toBe("3");
    for (const secret of ["482913", "eyJ"]) expect(document.body.textContent).not.toContain(secret);
  });

  it("shows the steps of a run that goes on", async () => {
    let finish = () => {};
    const runner: DataflowRunner = {
      run: ({ onEvent }) =>
        new Promise((resolve) => {
          onEvent?.({ type: "step-started", stepId: "script", activation: 1, at: 0 });
          finish = () => resolve(completed({ response: { ok: true } }));
        }),
    };
    const user = show(runner);
    await user.click(button("Get code"));
    expect(await screen.findByRole("img", { name: "running" })).toBeTruthy();
    expect(screen.getByText("Working: Run the script").getAttribute("role")).toBe("status");
    expect(button("Get code").getAttribute("aria-busy")).toBe("true");
    finish();
    expect(await screen.findByText("Done.")).toBeTruthy();
  });

  it("speaks French and notes controls it does not know", () => {
    show(answering(), { locale: "fr-CA" });
    expect(button("Obtenir le code")).toBeTruthy();
    expect(screen.getByText("Connecté en tant que demo")).toBeTruthy();
    expect(screen.getByText("Un élément de type « slider » n’est pas connu ici.")).toBeTruthy();
  });
});
