// An enumerable symbol survives `{ ...component }` and immer, and no JSON text can hold one.
const numberTexts = Symbol("number texts");

/** The source texts of numbers that would print differently, such as `1.0`, as a tree over their places. */
export interface NumberTexts {
  text?: string;
  readonly children: Map<string, NumberTexts>;
}

/** A place in a document, from the inside out: a chain costs nothing where a long path string would be copied for every number. */
export interface Place {
  /** Null at the root. */
  readonly parent: Place | null;
  readonly key: string;
}

/** The place of the document itself. */
export const rootPlace: Place = { parent: null, key: "" };

/** A tree without texts. */
export function createNumberTexts(): NumberTexts {
  return { children: new Map() };
}

/** Notes the text of the number at a place. */
export function addNumberText(texts: NumberTexts, place: Place, text: string): void {
  let node = texts;
  for (const key of keysOf(place)) {
    let child = node.children.get(key);
    if (!child) {
      child = createNumberTexts();
      node.children.set(key, child);
    }
    node = child;
  }
  node.text = text;
}

/** The text that was noted for a place. */
export function findNumberText(texts: NumberTexts, place: Place): string | undefined {
  let node: NumberTexts | undefined = texts;
  for (const key of keysOf(place)) {
    node = node.children.get(key);
    if (!node) return undefined;
  }
  return node.text;
}

/** Keeps number texts with a component. */
export function withNumberTexts<T extends object>(component: T, texts: NumberTexts): T {
  // Frozen, so that immer leaves the tree alone.
  return texts.children.size === 0 ? component : { ...component, [numberTexts]: Object.freeze(texts) };
}

/** The number texts that a component was read with. */
export function numberTextsOf(component: object): NumberTexts {
  return (component as { readonly [numberTexts]?: NumberTexts })[numberTexts] ?? createNumberTexts();
}

/** How a number prints when nothing is known of its text. */
export function printNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

/**
 * Places of a value's children that outlive edits: array elements with an `id` go by it instead of their index,
 * and steps belong to their dataflow, whatever their stage.
 */
export function stablePlaces(place: Place, value: object): (key: string, child: unknown) => Place {
  if (!Array.isArray(value)) {
    const dataflow = dataflowOfStage(place);
    return (key) => ({ parent: dataflow && key === "steps" ? dataflow : place, key });
  }
  const seen = new Set<string>();
  return (index, child) => {
    const id = idOf(child);
    if (id === null || seen.has(id)) return { parent: place, key: index };
    seen.add(id);
    return { parent: place, key: `id ${id}` };
  };
}

/** The place `/dataflows/x` of a place `/dataflows/x/stages/y`. */
function dataflowOfStage({ parent: stages }: Place): Place | null {
  const dataflow = stages?.parent;
  const isStage =
    stages?.key === "stages" && dataflow?.parent?.key === "dataflows" && dataflow.parent.parent === rootPlace;
  return isStage ? dataflow : null;
}

function keysOf(place: Place): readonly string[] {
  const keys: string[] = [];
  for (let at: Place = place; at.parent; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

function idOf(value: unknown): string | null {
  if (value === null || typeof value !== "object" || !("id" in value)) return null;
  return typeof value.id === "string" ? value.id : null;
}
