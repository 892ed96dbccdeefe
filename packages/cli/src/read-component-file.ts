import { readFile } from "node:fs/promises";
import { type Component, type Issue, parseComponent } from "@onceflow/step-runtime";
import { UsageError } from "./usage.ts";

/** A component file as read: its component if there is one, and every problem of its text. */
export interface ComponentFile {
  readonly path: string;
  readonly component: Component | null;
  readonly issues: readonly Issue[];
  readonly locate: (pointer: string) => { readonly line: number; readonly column: number } | null;
}

/**
 * Reads and parses a component file.
 *
 * @throws UsageError when the file cannot be read.
 */
export async function readComponentFile(path: string): Promise<ComponentFile> {
  return { path, ...parseComponent(await readBytes(path)) };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const words: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file",
      EISDIR: "it is a folder",
      EACCES: "you may not read it",
    };
    // What does not end like a component file may be an input whose --input was forgotten: it is not repeated.
    const name = /\.json$/i.test(path) ? `"${path}"` : "the component file";
    throw new UsageError(`Cannot read ${name}: ${words[reason] ?? reason}.`);
  }
}
