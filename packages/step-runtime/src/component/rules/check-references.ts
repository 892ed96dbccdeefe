import type * as z from "zod";
import { type SettingField, settingField } from "../setting-field.ts";
import type { DataflowScope } from "./dataflow-scope.ts";
import { didYouMean } from "./did-you-mean.ts";

type Referable = Exclude<NonNullable<SettingField["references"]>, "client">;

/** Settings that name a modal, template, dataflow or definition which the component does not have. */
export function checkReferences({ component, places, suggest, report }: DataflowScope): void {
  const names: Readonly<Record<Referable, ReadonlySet<string>>> = {
    modal: new Set(component.modals.map(({ id }) => id)),
    template: new Set(component.templates.map(({ id }) => id)),
    dataflow: new Set(component.dataflows.map(({ id }) => id)),
    definition: new Set(component.definitions.map(({ name }) => name)),
  };
  for (const place of places) {
    for (const [key, schema] of Object.entries(place.type?.settings.shape ?? {})) {
      if (!Object.hasOwn(place.settings, key)) continue;
      const value = place.settings[key];
      const field = settingField(key, schema as z.ZodType);
      for (const { kind, name, at } of references(field, value)) {
        if (names[kind].has(name)) continue;
        const { hint, fixes } = didYouMean(suggest, name, names[kind]);
        const message = `Step "${place.step.id}" refers to the ${kind} "${name}" in "${key}", which the component does not have.${hint || ` Add the ${kind}, or choose another.`}`;
        report({ code: `unknown-${kind}`, message, at: ["settings", key, ...at], ...(fixes ? { fixes } : {}) }, place);
      }
    }
  }
}

function references(
  field: SettingField,
  value: unknown,
): readonly { readonly kind: Referable; readonly name: string; readonly at: readonly string[] }[] {
  if (field.control === "definition-values") {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
    return Object.keys(value).flatMap((name) =>
      name.startsWith("$") ? [] : [{ kind: "definition" as const, name, at: [name] }],
    );
  }
  const kind = field.references;
  return kind === undefined || kind === "client" || typeof value !== "string" || value === ""
    ? []
    : [{ kind, name: value, at: [] }];
}
