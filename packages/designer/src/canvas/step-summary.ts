import type { Step, StepTypes } from "@onceflow/step-runtime";
import { localize } from "@onceflow/step-runtime";
import type { DocumentStore } from "../store/document-store.ts";

interface Known {
  readonly locale: string;
  readonly definitions: unknown;
  readonly modals: unknown;
  readonly templates: unknown;
  readonly text: string;
}

// By step object: a step that did not change says the same, unless what it may name changed.
const summaries = new WeakMap<Step, Known>();

/** The sentence on a step's card, made from its settings. */
export function stepSummary(document: DocumentStore, steps: StepTypes, step: Step, locale: string): string {
  const type = steps.get(step.type);
  if (!type) return "";
  const { definitions, modals, templates } = document.getState().document.meta;
  const known = summaries.get(step);
  if (
    known?.locale === locale &&
    known.definitions === definitions &&
    known.modals === modals &&
    known.templates === templates
  ) {
    return known.text;
  }
  const text =
    type.summary?.(step.settings ?? {}, { locale, component: document.toComponent() }) ?? localize(type.help, locale);
  summaries.set(step, { locale, definitions, modals, templates, text });
  return text;
}
