import { printPointer } from "./json-pointer.ts";

// An enumerable symbol survives `{ ...component }` and immer, and no JSON text can hold one.
const numberTexts = Symbol("number texts");

/** The source texts of numbers that would print differently, such as `1.0`, by {@link stablePaths}. */
export type NumberTexts = ReadonlyMap<string, string>;

/** Keeps number texts with a component. */
export function withNumberTexts<T extends object>(component: T, texts: NumberTexts): T {
  // Frozen, so that immer leaves the map alone.
  return texts.size === 0 ? component : { ...component, [numberTexts]: Object.freeze(texts) };
}

/** The number texts that a component was read with. */
export function numberTextsOf(component: object): NumberTexts {
  return (component as { readonly [numberTexts]?: NumberTexts })[numberTexts] ?? new Map();
}

/** How a number prints when nothing is known of its text. */
export function printNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

/**
 * Paths of a value's children that outlive edits: array elements with an `id` go by it instead of their place,
 * and steps belong to their dataflow, whatever their stage.
 */
export function stablePaths(parent: string, value: object): (key: string, child: unknown) => string {
  if (!Array.isArray(value)) {
    const stage = /^(\/dataflows\/[^/]+)\/stages\/[^/]+$/.exec(parent);
    return (key) => (stage && key === "steps" ? `${stage[1]}/steps` : parent + printPointer([key]));
  }
  const seen = new Set<string>();
  return (index, child) => {
    const id = idOf(child);
    if (id === null || seen.has(id)) return parent + printPointer([index]);
    seen.add(id);
    return parent + printPointer([`id ${id}`]);
  };
}

function idOf(value: unknown): string | null {
  if (value === null || typeof value !== "object" || !("id" in value)) return null;
  return typeof value.id === "string" ? value.id : null;
}
