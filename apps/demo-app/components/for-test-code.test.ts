import { readFileSync } from "node:fs";
import {
  builtInSteps,
  createStepRegistry,
  parseComponent,
  printComponent,
  validateComponent,
} from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing";
import { describe, expect, it } from "vitest";

const text = readFileSync(new URL("./for-test-code.component.json", import.meta.url), "utf8");

describe("the shipped ForTestCode", () => {
  it("is the component that the runtime is tested with", () => {
    expect(parseComponent(text).component).toEqual(forTestCode);
  });

  it("has no problem and is printed canonically", () => {
    expect(validateComponent(forTestCode, createStepRegistry(builtInSteps))).toEqual([]);
    expect(printComponent(forTestCode)).toBe(text);
  });
});
