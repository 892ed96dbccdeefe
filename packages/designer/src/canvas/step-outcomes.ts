import type { LocalizedText, StepType } from "@onceflow/step-runtime";

/** A way out of a step as the card shows it; the id of an unknown type's main outcome is "". */
export interface CardOutcome {
  readonly id: string;
  readonly title: LocalizedText;
}

const ofType = new WeakMap<StepType, readonly CardOutcome[]>();
const mainOfUnknown: readonly CardOutcome[] = [{ id: "", title: "" }];

/** The ways out of a step; one of unknown type has its main one and those that others follow. */
export function stepOutcomes(type: StepType | undefined, followed: readonly string[] = []): readonly CardOutcome[] {
  if (!type)
    return followed.length === 0 ? mainOfUnknown : [...mainOfUnknown, ...followed.map((id) => ({ id, title: id }))];
  let outcomes = ofType.get(type);
  if (!outcomes) {
    outcomes = Object.entries(type.outcomes).map(([id, { title }]) => ({ id, title }));
    ofType.set(type, outcomes);
  }
  return outcomes;
}

/** Where a step's ports stand on the lower edge of its card. */
export function portPositions(count: number): readonly number[] {
  if (count <= 1) return [120];
  if (count === 2) return [120, 200];
  return Array.from({ length: count }, (_, index) => 40 + (160 * index) / (count - 1));
}
