import { type Component, type Control, controlTypes, buttonActions, definitionTypes } from "../component-schema.ts";
import type { Issue } from "../issue.ts";
import { printPointer } from "../json-pointer.ts";
import type { Suggest } from "../suggest.ts";
import { didYouMean } from "./did-you-mean.ts";

type Report = (issue: Pick<Issue, "code" | "message"> & Partial<Issue>, keys: readonly PropertyKey[]) => void;

/** Definitions, controls, modals and ids: everything of a component but the inside of its dataflows. */
export function checkDocument(component: Component, suggest: Suggest, emit: (issue: Issue) => void): void {
  const report: Report = ({ fixes, ...issue }, keys) =>
    emit({ severity: "error", ...issue, pointer: printPointer(keys), ...(fixes ? { fixes } : {}) });

  checkDefinitions(component, report);
  const checkControls = createControlCheck(component, suggest, report);
  checkControls("The page", component.page.controls, ["page", "controls"]);
  for (const [index, { id, controls }] of component.modals.entries())
    checkControls(`Modal "${id}"`, controls, ["modals", index, "controls"]);
  for (const [list, name] of [
    ["modals", "modal"],
    ["templates", "template"],
    ["dataflows", "dataflow"],
  ] as const) {
    reportTwins(
      component[list].map(({ id }) => id),
      (id, index) =>
        report(
          {
            code: `duplicate-${name}-id`,
            message: `The component has two ${name}s with the id "${id}". Rename one of them.`,
          },
          [list, index, "id"],
        ),
    );
  }
}

function checkDefinitions({ definitions }: Component, report: Report): void {
  reportTwins(
    definitions.map(({ name }) => name),
    (name, index) =>
      report({ code: "duplicate-definition", message: `The component defines "${name}" twice. Rename one of them.` }, [
        "definitions",
        index,
        "name",
      ]),
  );
  for (const [index, { name, type }] of definitions.entries()) {
    if (definitionTypes.some((known) => known === type)) continue;
    const message = `Definition "${name}" has the unknown type "${type}"; it is kept as it is. Known types: ${definitionTypes.join(", ")}.`;
    report({ severity: "warning", code: "unknown-definition-type", message }, ["definitions", index, "type"]);
  }
}

function createControlCheck(component: Component, suggest: Suggest, report: Report) {
  const definitions = new Set(component.definitions.map(({ name }) => name));
  const dataflows = new Set(component.dataflows.map(({ id }) => id));
  return (owner: string, controls: readonly Control[], keys: readonly PropertyKey[]): void => {
    for (const [index, { type, definition, dataflow, action }] of controls.entries()) {
      const at = (key: string) => [...keys, index, key];
      if (!controlTypes.some((known) => known === type)) {
        const message = `${owner} has a control of the unknown type "${type}"; it is kept as it is. Known types: ${controlTypes.join(", ")}.`;
        report({ severity: "warning", code: "unknown-control-type", message }, at("type"));
      }
      if (action !== undefined && !buttonActions.some((known) => known === action)) {
        const message = `${owner} has a button with the unknown action "${action}"; it is kept as it is. Known actions: ${buttonActions.join(", ")}.`;
        report({ severity: "warning", code: "unknown-action", message }, at("action"));
      }
      if (definition !== undefined && !definitions.has(definition)) {
        const { hint, ...fix } = didYouMean(suggest, definition, definitions);
        const message = `${owner} has a control for the definition "${definition}", which the component does not have.${hint || " Add the definition, or choose another."}`;
        report({ code: "unknown-definition", message, ...(fix.fixes ? { fixes: fix.fixes } : {}) }, at("definition"));
      }
      if (dataflow !== undefined && !dataflows.has(dataflow)) {
        const { hint, ...fix } = didYouMean(suggest, dataflow, dataflows);
        const message = `${owner} has a button for the dataflow "${dataflow}", which the component does not have.${hint || " Add the dataflow, or choose another."}`;
        report({ code: "unknown-dataflow", message, ...(fix.fixes ? { fixes: fix.fixes } : {}) }, at("dataflow"));
      }
    }
  };
}

function reportTwins(names: readonly string[], report: (name: string, index: number) => void): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) report(name, index);
    seen.add(name);
  }
}
