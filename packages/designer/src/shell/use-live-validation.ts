import { type Issue, type StepTypes, validateComponent } from "@onceflow/step-runtime";
import { useEffect } from "react";
import type { DocumentStore } from "../store/document-store.ts";
import { stepPath, type ViewStore } from "../store/view-store.ts";

const pauseMs = 150;
const order = { error: 0, warning: 1, hint: 2 } as const;

/** Checks the component after each pause in editing; card, panel, outline and list all read this one result. */
export function useLiveValidation(document: DocumentStore, view: ViewStore, steps: StepTypes): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = () => {
      const { issues: before, stepIssues, fresh } = view.getState();
      const issues = validateComponent(document.toComponent(), steps).filter(
        (issue) => !isUnfinished(issue, document, fresh),
      );
      if (!same(before, issues)) view.setState({ issues, stepIssues: byStep(issues, document, stepIssues) });
    };
    check();
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(check, pauseMs);
    };
    const stops = [
      document.subscribe((state, previous) => {
        if (state.document !== previous.document) later();
      }),
      view.subscribe((state, previous) => {
        if (state.fresh !== previous.fresh) later();
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [document, view, steps]);
}

/** What a step that was just added still lacks is not a problem yet: its card says what it needs. */
function isUnfinished(
  { code, dataflowId, stepId }: Issue,
  document: DocumentStore,
  fresh: ReadonlySet<string>,
): boolean {
  if (code !== "missing-setting" || stepId === undefined || fresh.size === 0) return false;
  const { dataflowKeys, dataflows } = document.getState().document;
  return dataflowKeys.some(
    (key) => (dataflowId === undefined || dataflows[key]?.meta.id === dataflowId) && fresh.has(stepPath(key, stepId)),
  );
}

function byStep(
  issues: readonly Issue[],
  document: DocumentStore,
  before: Readonly<Record<string, readonly Issue[]>>,
): Readonly<Record<string, readonly Issue[]>> {
  const { dataflowKeys, dataflows } = document.getState().document;
  const groups: Record<string, Issue[]> = {};
  for (const issue of issues) {
    if (issue.stepId === undefined) continue;
    for (const key of dataflowKeys) {
      if (issue.dataflowId !== undefined && dataflows[key]?.meta.id !== issue.dataflowId) continue;
      if (dataflows[key]?.steps[issue.stepId]) (groups[stepPath(key, issue.stepId)] ??= []).push(issue);
    }
  }
  // A step whose problems are what they were keeps its list, and its card need not render.
  return Object.fromEntries(
    Object.entries(groups).map(([path, list]) => {
      const sorted = list.toSorted((a, b) => order[a.severity] - order[b.severity]);
      const known = before[path];
      return [path, known && same(known, sorted) ? known : sorted];
    }),
  );
}

function same(a: readonly Issue[], b: readonly Issue[]): boolean {
  return (
    a.length === b.length &&
    a.every((issue, at) => {
      const other = b[at];
      return (
        other !== undefined &&
        issue.code === other.code &&
        issue.pointer === other.pointer &&
        issue.message === other.message &&
        issue.severity === other.severity
      );
    })
  );
}
