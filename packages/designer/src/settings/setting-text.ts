/** How a setting's value is given. */
export type ValueMode = "literal" | "path" | "template";

/** A value that one line of text can say. */
export interface SettingText {
  readonly mode: ValueMode;
  readonly text: string;
}

const keys = { path: "$path", template: "$template" } as const;

/** Reads a stored value; null when it takes more than a line (an object, a list). */
export function readSettingText(value: unknown): SettingText | null {
  if (value === undefined || value === null) return { mode: "literal", text: "" };
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return { mode: "literal", text: String(value) };
  if (typeof value !== "object" || Array.isArray(value) || Object.keys(value).length !== 1) return null;
  for (const mode of ["path", "template"] as const) {
    const text = (value as Readonly<Record<string, unknown>>)[keys[mode]];
    if (typeof text === "string") return { mode, text };
  }
  return null;
}

/** What to store; nothing for an empty text, so that a missing setting is one. */
export function writeSettingText({ mode, text }: SettingText): unknown {
  if (text === "") return undefined;
  return mode === "literal" ? text : { [keys[mode]]: text };
}
