import type { Step, StepType } from "@onceflow/step-runtime";

const required = new WeakMap<StepType, readonly string[]>();

/** The settings a step type asks for that a step does not have yet. */
export function missingSettings(type: StepType, step: Step): readonly string[] {
  let keys = required.get(type);
  if (!keys) {
    keys = Object.entries(type.settings.shape).flatMap(([key, schema]) =>
      schema.safeParse(undefined).success ? [] : [key],
    );
    required.set(type, keys);
  }
  return keys.filter((key) => step.settings?.[key] === undefined || step.settings[key] === "");
}
