import { type AnyStep, localize, type StepRegistry } from "@onceflow/step-runtime";

/** The step types whose title or type holds every word of a text; case and accents do not matter. */
export function matchSteps(steps: StepRegistry, locale: string, text: string): readonly AnyStep[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return steps.list().filter((type) => {
    const hay = fold(`${localize(type.title, locale)} ${type.type}`);
    return words.every((word) => hay.includes(word));
  });
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
}
