import { defineStep, StepFailure } from "@onceflow/step-runtime";
import * as z from "zod";

/** Lets runs through, or holds them until it is opened. */
export interface Gate {
  close(): void;
  open(): void;
  passed(): Promise<void>;
}

/** A gate that stands open. */
export function createGate(): Gate {
  let wait = Promise.resolve();
  let release = (): void => {};
  return {
    close() {
      wait = new Promise((resolve) => {
        release = resolve;
      });
    },
    open: () => release(),
    passed: () => wait,
  };
}

/** A step that waits at the gate. */
export const gateStep = (gate: Gate) =>
  defineStep({
    type: "gate",
    group: "model-transformation",
    title: "Gate",
    help: "Waits.",
    icon: "",
    settings: z.object({}),
    outcomes: { ok: { title: "Done" } },
    async run({ exit }) {
      await gate.passed();
      return exit("ok");
    },
  });

/** A step that fails. */
export const breakStep = defineStep({
  type: "break",
  group: "model-transformation",
  title: "Break",
  help: "Fails.",
  icon: "",
  settings: z.object({}),
  outcomes: { ok: { title: "Done" } },
  run: () => {
    throw new StepFailure("broken", "It broke.");
  },
});
