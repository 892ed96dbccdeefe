import { builtInSteps, createStepRegistry } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import { cardOutcomes, portPositions } from "./card-outcomes.ts";

const type = createStepRegistry(builtInSteps).get("show-modal");
const step = (settings: Record<string, string>) => ({ id: "modal", type: "show-modal", name: "Show modal", settings });
const ids = (settings: Record<string, string>) => cardOutcomes(step(settings), type).map(({ id }) => id);

describe("the ways out on a card", () => {
  it("are those that the step's settings leave", () => {
    expect(ids({ modal: "code" })).toEqual(["ok"]);
    expect(ids({ modal: "code", mode: "ask" })).toEqual(["answered", "resend", "dismissed", "timeout"]);
  });

  it("are the same list while the settings leave the same ones", () => {
    expect(cardOutcomes(step({ modal: "other" }), type)).toBe(cardOutcomes(step({ modal: "code" }), type));
  });

  it("have the width of a card between them when they are many", () => {
    expect(portPositions(4)).toEqual([24, 88, 152, 216]);
  });
});
