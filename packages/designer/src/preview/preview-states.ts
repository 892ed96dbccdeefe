import type { Component, RunResult } from "@onceflow/step-runtime";

/** A run on the way to a state, and the code that is typed before it. */
export interface PreviewMove {
  readonly dataflowId: string;
  /** Which definition gets which code; `issued`: the one that the run before showed. */
  readonly code?: { readonly definition: string; readonly which: "issued" | "wrong" };
}

/** A state that the preview can be brought to by truly running dataflows. */
export interface PreviewState {
  readonly id: "start" | "modal" | "confirmed" | "wrong-code" | "dead-code";
  readonly moves: readonly PreviewMove[];
}

/** The states that a component's own page can reach; those that type the issued code need test mode, where it can be read. */
export function previewStates(component: Component, testMode: boolean): readonly PreviewState[] {
  const states: PreviewState[] = [{ id: "start", moves: [] }];
  const { controls } = component.page;
  const buttons = controls.filter(({ type, dataflow }) => type === "button" && dataflow !== undefined);
  const shows = buttons.find(({ dataflow }) => usesStep(component, dataflow, "show-modal"))?.dataflow;
  if (shows !== undefined) states.push({ id: "modal", moves: [{ dataflowId: shows }] });

  const issues = buttons.find(({ dataflow }) => usesStep(component, dataflow, "get-one-time-code"))?.dataflow;
  const confirms = buttons.find(({ dataflow }) => usesStep(component, dataflow, "confirm-one-time-code"))?.dataflow;
  const field =
    controls.find(({ type, inputMode }) => type === "text-field" && inputMode === "one-time-code") ??
    controls.find(({ type }) => type === "text-field");
  const definition = field?.definition;
  if (issues === undefined || confirms === undefined || definition === undefined) return states;
  const issue: PreviewMove = { dataflowId: issues };
  const confirm = (which: "issued" | "wrong"): PreviewMove => ({ dataflowId: confirms, code: { definition, which } });
  states.push({ id: "wrong-code", moves: [issue, confirm("wrong")] });
  if (testMode) {
    states.push({ id: "confirmed", moves: [issue, confirm("issued")] });
    // A code that has worked once is as dead as an expired one, and the page says the same.
    states.push({ id: "dead-code", moves: [issue, confirm("issued"), confirm("issued")] });
  }
  return states;
}

/** The code that a run showed in its modal; null when it showed none that can be read. */
export function shownCode({ modal }: RunResult): string | null {
  for (const { value } of modal?.controls ?? []) {
    if (typeof value === "string" && /^[0-9A-Z]{4,12}$/.test(value)) return value;
  }
  return null;
}

/** A well-formed code that is not this one. */
export function wrongCode(code: string | null): string {
  if (code === null) return "000000";
  return code.slice(0, -1) + (code.endsWith("2") ? "3" : "2");
}

function usesStep(component: Component, dataflowId: string | undefined, type: string): boolean {
  const dataflow = component.dataflows.find(({ id }) => id === dataflowId);
  return dataflow?.stages.some((stage) => stage.steps.some((step) => step.type === type)) ?? false;
}
