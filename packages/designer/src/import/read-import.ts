import { type Component, type Issue, parseComponent } from "@onceflow/step-runtime";
import { type FoundInstead, foundInstead } from "./found-instead.ts";

/** The most that a component may weigh. */
export const mostBytes = 8 * 1024 * 1024;

/** What came of reading a file or text. */
export type ImportReading =
  | { readonly kind: "ready"; readonly component: Component; readonly issues: readonly Issue[] }
  /** It means to be a component; the problems say where it is not. */
  | { readonly kind: "broken"; readonly issues: readonly Issue[] }
  | { readonly kind: "other"; readonly found: FoundInstead }
  | { readonly kind: "too-large"; readonly bytes: number }
  | { readonly kind: "unreadable" };

/** Reads a text as a component. */
export function readImport(text: string): ImportReading {
  // A UTF-16 unit is at least one byte, so this is the cheap half of the limit; the parser counts bytes.
  if (text.length > mostBytes) return { kind: "too-large", bytes: text.length };
  const { component, issues } = parseComponent(text);
  if (component) return { kind: "ready", component, issues };
  const found = foundInstead(text);
  return found ? { kind: "other", found } : { kind: "broken", issues };
}

/** Reads a file; one that is too large is not even opened. */
export async function readImportFile(file: File): Promise<ImportReading> {
  if (file.size > mostBytes) return { kind: "too-large", bytes: file.size };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { kind: "unreadable" };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { kind: "other", found: { id: "import.found.binary" } };
  }
  return readImport(text);
}
