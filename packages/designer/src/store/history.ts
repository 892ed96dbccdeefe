import type { Patch } from "immer";
import type { MessageId, MessageValues } from "../locales/message-id.ts";

/** What an edit is called: a message, so that it reads "Undo rename step" in any language. */
export interface EditLabel {
  readonly id: MessageId;
  readonly values?: MessageValues;
}

/** One undoable edit. */
export interface HistoryEntry {
  readonly id: number;
  readonly label: EditLabel;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Edits in a row with the same key are one entry: typing in one field. */
  readonly coalesce: string | null;
  /** Where the edit happened, so that undo can take the eye there. */
  readonly dataflowKey: string | null;
}

/** Adds a later edit of the same field to an entry. */
export function coalesceEntries(earlier: HistoryEntry, later: HistoryEntry): HistoryEntry {
  const last = earlier.patches.at(-1);
  const next = later.patches[0];
  // A keystroke replaces what the one before it wrote: keep the newest value and the oldest inverse.
  if (
    later.patches.length === 1 &&
    last &&
    next?.op === "replace" &&
    last.op !== "remove" &&
    samePath(last.path, next.path)
  ) {
    return { ...earlier, patches: [...earlier.patches.slice(0, -1), { ...last, value: next.value }] };
  }
  return {
    ...earlier,
    patches: [...earlier.patches, ...later.patches],
    inverse: [...later.inverse, ...earlier.inverse],
  };
}

function samePath(a: Patch["path"], b: Patch["path"]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
