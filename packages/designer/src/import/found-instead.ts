import type { MessageId, MessageValues } from "../locales/message-id.ts";

/** What a text is that is no component, as a message. */
export interface FoundInstead {
  readonly id: Extract<MessageId, `import.found.${string}`>;
  readonly values?: MessageValues;
}

/** Tells a person what they picked: the likely mix-ups by name, anything else by its kind. Null: it may be a component. */
export function foundInstead(text: string): FoundInstead | null {
  const start = text.slice(0, 2000).trimStart();
  if (start === "") return { id: "import.found.nothing" };
  if (start.includes("\0")) return { id: "import.found.binary" };
  if (start.startsWith("<")) return { id: "import.found.markup" };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Broken JSON has a place; the parser says where. A text that never tried to be JSON has none.
    return /^[[{]|^\/[/*]/.test(start) ? null : { id: "import.found.text" };
  }
  if (Array.isArray(json)) return { id: "import.found.list", values: { count: json.length } };
  if (typeof json !== "object" || json === null) return { id: "import.found.value" };
  if ("format" in json) {
    if (json.format === "onceflow/component") return null;
    if (json.format === "onceflow/steps") return { id: "import.found.steps" };
    return { id: "import.found.format", values: { format: String(json.format).slice(0, 60) } };
  }
  const keys = Object.keys(json);
  // A component that lacks only its first line is one with a problem, and is told so.
  if (keys.includes("dataflows")) return null;
  return {
    id: keys.length > 0 ? "import.found.object" : "import.found.emptyObject",
    values: { keys: keys.slice(0, 4).join(", ").slice(0, 80) },
  };
}
