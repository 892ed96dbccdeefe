import { localize, stepOutcomes, type StepTypes } from "@onceflow/step-runtime";
import { dataflowLinks, stepOrder } from "../store/dataflow-links.ts";
import type { DataflowEntity } from "../store/flow-document.ts";
import { canonicalSource, parseSource, printSource } from "../store/source-ref.ts";

/** A way out of a step that another may follow. */
export interface SourceChoice {
  /** As a step's `sources` say it. */
  readonly source: string;
  readonly stepKey: string;
  readonly label: string;
}

/** What a step may follow: every way out of every step that does not itself come after it. */
export function sourceChoices(
  dataflow: DataflowEntity,
  steps: StepTypes,
  stepKey: string,
  locale: string,
): readonly SourceChoice[] {
  const later = followersOf(dataflow, steps, stepKey);
  return stepOrder(dataflow).flatMap((key) =>
    key === stepKey || later.has(key) ? [] : choicesOf(dataflow, steps, key, locale),
  );
}

/** The sources of a step, said the short way; those that lead nowhere stay as they are. */
export function currentSources(dataflow: DataflowEntity, steps: StepTypes, stepKey: string): readonly string[] {
  return (dataflow.steps[stepKey]?.sources ?? []).map((source) =>
    printSource(canonicalSource(steps, dataflow, parseSource(source))),
  );
}

/** A source in words. */
export function sourceLabel(dataflow: DataflowEntity, steps: StepTypes, source: string, locale: string): string {
  const { stepId, outcome } = parseSource(source);
  const step = dataflow.steps[stepId];
  if (!step) return source;
  const type = steps.get(step.type);
  const outcomes = type ? stepOutcomes(step, type) : [];
  const named = outcome ?? outcomes[0];
  const title = named === undefined ? undefined : (type?.outcomes[named]?.title ?? named);
  const name = localize(step.name, locale);
  return title === undefined || (outcomes.length < 2 && outcome === null)
    ? name
    : `${name} · ${localize(title, locale)}`;
}

function choicesOf(
  dataflow: DataflowEntity,
  steps: StepTypes,
  stepKey: string,
  locale: string,
): readonly SourceChoice[] {
  const step = dataflow.steps[stepKey];
  const type = steps.get(step?.type ?? "");
  const outcomes: readonly (string | null)[] =
    step && type ? stepOutcomes(step, type).map((outcome, index) => (index === 0 ? null : outcome)) : [null];
  return outcomes.map((outcome) => {
    const source = printSource({ stepId: stepKey, outcome });
    return { source, stepKey, label: sourceLabel(dataflow, steps, source, locale) };
  });
}

/** The steps that come after a step without a wait between: to follow one of them would be a loop without end. */
function followersOf(dataflow: DataflowEntity, steps: StepTypes, stepKey: string): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { source, targetKey } of dataflowLinks(dataflow, steps)) {
    const step = dataflow.steps[source.stepId];
    const type = steps.get(step?.type ?? "");
    if (step && type?.outcomes[source.outcome ?? stepOutcomes(step, type)[0] ?? ""]?.waits) continue;
    next.set(source.stepId, [...(next.get(source.stepId) ?? []), targetKey]);
  }
  const seen = new Set<string>();
  const open = [...(next.get(stepKey) ?? [])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(next.get(key) ?? []));
  }
  return seen;
}
