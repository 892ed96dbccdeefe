import { fireEvent, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import {
  builtInSteps,
  type Component,
  createStepRegistry,
  type DataflowRunner,
  parseComponent,
} from "@onceflow/step-runtime";
import { createBrowserRun, createFixedClock, createSeededRandom } from "@onceflow/step-runtime/memory";
import {
  createMemoryOneTimeCodes,
  createPlainScriptRunner,
  forTestCode,
  mailedCode,
} from "@onceflow/step-runtime/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner } from "../flow-designer.tsx";

const steps = createStepRegistry(builtInSteps);

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

/** Runs ForTestCode for real, in test mode; the code is told by the result. */
function createRunner(): { readonly runner: DataflowRunner; readonly code: () => string } {
  const clock = createFixedClock();
  const runner = createBrowserRun({
    steps,
    clock,
    random: createSeededRandom(),
    oneTimeCodes: createMemoryOneTimeCodes({ clock }),
    scriptRunner: createPlainScriptRunner((item) => {
      item["new_code"] = (item["oneTimeCode"] as { readonly code: string }).code;
    }),
  });
  let code = "";
  return {
    code: () => code,
    runner: {
      async run(request) {
        const result = await runner.run(request);
        code = String((result.definitions as { readonly ForTestCode?: string }).ForTestCode);
        return result;
      },
    },
  };
}

/** A sign-in that mails a code to `demo`, as text and as HTML, and asks for it. */
function mailToDemo(): Component {
  const text = JSON.stringify(mailedCode).replaceAll('{"$path":"data.UserName"}', '"demo"');
  const { component } = parseComponent(text);
  if (component === null) throw new Error("The component cannot be read.");
  const template = {
    id: "mail",
    subject: "Your code",
    text: "Your code is {{ oneTimeCode.code }}.",
    html: "<p>Your code is <b>{{ oneTimeCode.code }}</b>.</p>",
  };
  return { ...component, templates: [template] };
}

describe("the run drawer", () => {
  it("masks the code in the run and in each of its steps, in test mode too", async () => {
    const { runner, code } = createRunner();
    const user = userEvent.setup();
    render(<FlowDesigner component={forTestCode} steps={steps} run={runner} colorScheme="light" />);
    await user.click(screen.getByRole("button", { name: "Run" }));
    const drawer = await screen.findByRole("region", { name: "Last run" });
    await within(drawer).findByText("Completed");
    expect(code()).toMatch(/^\d{6}$/);
    within(drawer).getByRole("img", { name: "Masked" });
    for (const tab of ["Input", "Output", "Messages", "Errors"]) {
      await user.click(within(drawer).getByRole("button", { name: tab }));
      expect(drawer.textContent).not.toContain(code());
    }
    await user.click(within(drawer).getByRole("button", { name: "Output" }));
    for (const row of within(drawer).getAllByRole("button", { name: /code|script|store|modal|response/i })) {
      await user.click(row);
      expect(drawer.textContent).not.toContain(code());
    }
  });

  it("shows a message as its recipient gets it while the run still waits; its HTML runs nothing", async () => {
    const user = userEvent.setup();
    render(<FlowDesigner component={mailToDemo()} steps={steps} run={createRunner().runner} colorScheme="light" />);
    await user.click(screen.getByRole("button", { name: "Run" }));
    const drawer = await screen.findByRole("region", { name: "Last run" });
    await within(drawer).findByText("Waiting for an answer");
    await user.click(within(drawer).getByRole("button", { name: "Close the run" }));
    await user.click(screen.getByRole("button", { name: "Read the message it sent" }));
    const message = within(screen.getByRole("region", { name: "Last run" })).getByRole("article");
    within(message).getByRole("heading", { name: "Your code" });
    within(message).getByText(/^To d•••@example\.test · Mail · /);
    within(message).getByText(/^Your code is \d{6}\.$/);

    await user.click(within(message).getByRole("button", { name: "HTML" }));
    const frame = within(message).getByTitle("Your code");
    expect(frame.getAttribute("sandbox")).toBe("");
    expect(frame.getAttribute("srcdoc")).toMatch(/<b>\d{6}<\/b>/);
  });

  it("walks through the run with the bracket keys", async () => {
    const user = userEvent.setup();
    const { container } = render(
      <FlowDesigner component={forTestCode} steps={steps} run={createRunner().runner} colorScheme="light" />,
    );
    await user.click(screen.getByRole("button", { name: "Run" }));
    const drawer = await screen.findByRole("region", { name: "Last run" });
    await within(drawer).findByText("Completed");
    const model = container.querySelector<HTMLElement>('[data-step="model"]');
    if (!model) throw new Error("no card");
    fireEvent.click(model);
    fireEvent.keyDown(model, { key: "]", code: "BracketRight" });
    expect(within(drawer).getByText("Step 2 / 7")).toBeDefined();
    fireEvent.keyDown(model, { key: "[", code: "BracketLeft" });
    expect(within(drawer).getByText("Step 1 / 7")).toBeDefined();
  });
});
