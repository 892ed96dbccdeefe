import type { Draft } from "immer";
import type { Step, StepTypes } from "@onceflow/step-runtime";
import { dataflowLinks, stageOf, stepOrder } from "./dataflow-links.ts";
import type { DataflowEntity } from "./flow-document.ts";
import { canonicalSource, parseSource, printSource, sameSource, type SourceRef } from "./source-ref.ts";

/** Where a new step goes. */
export type StepPlace =
  | { readonly at: "stage"; readonly stageKey: string; readonly index?: number }
  /** Follows a step by an outcome (null: the main one); what followed it follows the new step. */
  | { readonly at: "after"; readonly stepKey: string; readonly outcome: string | null }
  /** Splices into one connection. */
  | { readonly at: "edge"; readonly source: SourceRef; readonly targetKey: string };

/** Puts a step into a dataflow and connects it as its place asks. */
export function insertStep(draft: Draft<DataflowEntity>, steps: StepTypes, step: Step, place: StepPlace): void {
  const type = steps.get(step.type);
  const takesSources = type?.sources !== "none";
  const goesOn = type === undefined || Object.keys(type.outcomes).length > 0;
  if (place.at === "stage") {
    const keys = draft.stages[place.stageKey]?.stepKeys;
    if (!keys) return;
    const index = place.index ?? keys.length;
    const open = takesSources ? openStepBefore(draft, steps, place.stageKey, index) : null;
    draft.steps[step.id] = open === null ? step : { ...step, sources: [open] };
    keys.splice(index, 0, step.id);
    return;
  }
  const source: SourceRef = place.at === "after" ? { stepId: place.stepKey, outcome: place.outcome } : place.source;
  const wanted = canonicalSource(steps, draft, source);
  const followers =
    place.at === "edge"
      ? [place.targetKey]
      : dataflowLinks(draft, steps).flatMap((link) => (sameSource(link.source, wanted) ? [link.targetKey] : []));
  draft.steps[step.id] = takesSources ? { ...step, sources: [printSource(wanted)] } : step;
  if (takesSources && goesOn) {
    for (const key of followers) replaceSource(draft, steps, key, wanted, [step.id]);
  }
  const stage = draft.stages[stageOf(draft, wanted.stepId) ?? draft.stageKeys[0] ?? ""];
  stage?.stepKeys.splice(stage.stepKeys.indexOf(wanted.stepId) + 1, 0, step.id);
}

/** Takes a step out; healing lets its followers follow what it followed. */
export function removeStep(draft: Draft<DataflowEntity>, steps: StepTypes, stepKey: string, heal: boolean): void {
  const step = draft.steps[stepKey];
  if (!step) return;
  const before = (step.sources ?? []).filter((source) => parseSource(source).stepId !== stepKey);
  for (const key of stepOrder(draft)) {
    const follower = draft.steps[key];
    if (!follower?.sources || key === stepKey) continue;
    const refs = follower.sources.filter((source) => parseSource(source).stepId === stepKey);
    if (refs.length === 0) continue;
    const byMain = refs.some((ref) => canonicalSource(steps, draft, parseSource(ref)).outcome === null);
    const others = follower.sources.length > refs.length;
    // Side outcomes have no equal before the step; they heal only where nothing else would lead to the follower.
    const mended = heal && (byMain || !others) ? before.filter((source) => parseSource(source).stepId !== key) : [];
    const place = follower.sources.findIndex((source) => parseSource(source).stepId === stepKey);
    const left = follower.sources.filter((source) => parseSource(source).stepId !== stepKey);
    left.splice(place, 0, ...mended.filter((source) => !left.includes(source)));
    setStepSources(draft, key, left);
  }
  const stage = draft.stages[stageOf(draft, stepKey) ?? ""];
  stage?.stepKeys.splice(stage.stepKeys.indexOf(stepKey), 1);
  delete draft.steps[stepKey];
}

/** Moves a step to a place in a stage; `index` counts the stage without the step. */
export function relocateStep(draft: Draft<DataflowEntity>, stepKey: string, stageKey: string, index: number): void {
  const from = draft.stages[stageOf(draft, stepKey) ?? ""];
  const to = draft.stages[stageKey];
  if (!from || !to) return;
  const wasAt = from.stepKeys.indexOf(stepKey);
  if (from === to && wasAt === index) return;
  from.stepKeys.splice(wasAt, 1);
  to.stepKeys.splice(index, 0, stepKey);
}

/** Writes a step's sources; none leaves no key behind. */
export function setStepSources(draft: Draft<DataflowEntity>, stepKey: string, sources: readonly string[]): void {
  const step = draft.steps[stepKey];
  if (!step) return;
  if (sources.length > 0) step.sources = [...sources];
  else delete step.sources;
}

/** Puts other sources in the place of one. */
export function replaceSource(
  draft: Draft<DataflowEntity>,
  steps: StepTypes,
  stepKey: string,
  old: SourceRef,
  replacement: readonly string[],
): void {
  const sources = draft.steps[stepKey]?.sources ?? [];
  const at = sources.findIndex((source) => sameSource(canonicalSource(steps, draft, parseSource(source)), old));
  if (at < 0) return;
  const rest = sources.filter((source) => !sameSource(canonicalSource(steps, draft, parseSource(source)), old));
  rest.splice(at, 0, ...replacement.filter((source) => !rest.includes(source)));
  setStepSources(draft, stepKey, rest);
}

/** The step just before a place, when nothing follows its main outcome yet. */
function openStepBefore(draft: DataflowEntity, steps: StepTypes, stageKey: string, index: number): string | null {
  const lane = draft.stageKeys.indexOf(stageKey);
  const before = draft.stageKeys.slice(0, lane + 1).flatMap((key, at) => {
    const keys = draft.stages[key]?.stepKeys ?? [];
    return at === lane ? keys.slice(0, index) : keys;
  });
  const last = before.at(-1);
  if (last === undefined) return null;
  const type = steps.get(draft.steps[last]?.type ?? "");
  if (type && Object.keys(type.outcomes).length === 0) return null;
  const followed = dataflowLinks(draft, steps).some(
    (link) => link.source.stepId === last && link.source.outcome === null,
  );
  return followed ? null : last;
}
