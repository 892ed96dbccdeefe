import type { Component } from "@onceflow/step-runtime";

/** What a run of a dataflow depends on, as text: names, stages and positions are not in it. */
export function runFingerprint(component: Component, dataflowId: string): string {
  const seen = new Set<string>();
  const parts: unknown[] = [component.definitions, component.templates];
  const open = [dataflowId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const steps =
      component.dataflows.find((dataflow) => dataflow.id === id)?.stages.flatMap((stage) => stage.steps) ?? [];
    for (const step of steps) {
      parts.push([step.id, step.type, step.sources, step.settings]);
      const called = step.settings?.["dataflow"];
      if (typeof called === "string") open.push(called);
      const modal = component.modals.find((one) => one.id === step.settings?.["modal"]);
      // Its texts show at once; only what it reads needs a run.
      if (modal) parts.push(modal.controls.map(({ type, definition, until, when }) => [type, definition, until, when]));
    }
  }
  return JSON.stringify(parts);
}
