import type { Component, JsonObject } from "@onceflow/step-runtime";
import type { PageState } from "./page-state.ts";

/** What a page sends: a value for each definition; an empty field is null, for the definition exists, unset. */
export function pageInput(component: Component, values: PageState["values"]): JsonObject {
  return Object.fromEntries(
    component.definitions.map(({ name, type }) => {
      const typed = values[name];
      if (typed === undefined || typed === "") return [name, null];
      if (type === "integer" || type === "number") return [name, Number.isNaN(Number(typed)) ? typed : Number(typed)];
      if (type === "boolean") return [name, typed === "true"];
      return [name, typed];
    }),
  );
}
