import { type LocalizedText, type Step, stepOutcomes, type StepType } from "@onceflow/step-runtime";

/** A way out of a step as the card shows it; the id of an unknown type's main outcome is "". */
export interface CardOutcome {
  readonly id: string;
  readonly title: LocalizedText;
}

const ofType = new WeakMap<StepType, Map<string, readonly CardOutcome[]>>();
const mainOfUnknown: readonly CardOutcome[] = [{ id: "", title: "" }];

/**
 * The ways out that a step has with its settings; one of unknown type has its main one and those that others follow.
 * The same list each time, so that cards that stay as they are keep theirs.
 */
export function cardOutcomes(
  step: Step | undefined,
  type: StepType | undefined,
  followed: readonly string[] = [],
): readonly CardOutcome[] {
  if (!type || !step)
    return followed.length === 0 ? mainOfUnknown : [...mainOfUnknown, ...followed.map((id) => ({ id, title: id }))];
  const ids = stepOutcomes(step, type);
  const lists = ofType.get(type) ?? new Map<string, readonly CardOutcome[]>();
  ofType.set(type, lists);
  const list = lists.get(ids.join()) ?? ids.map((id) => ({ id, title: type.outcomes[id]?.title ?? id }));
  lists.set(ids.join(), list);
  return list;
}

/** Where a step's ports stand on the lower edge of its card. */
export function portPositions(count: number): readonly number[] {
  if (count <= 1) return [120];
  if (count === 2) return [120, 200];
  // The names of four need all the width there is.
  const [first, width] = count === 3 ? [40, 160] : [24, 192];
  return Array.from({ length: count }, (_, index) => first + (width * index) / (count - 1));
}
