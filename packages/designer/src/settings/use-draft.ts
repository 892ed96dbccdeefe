import { useState } from "react";
import { useDesigner } from "../store/designer-context.tsx";

/** What a text reads as: a value to store, or why it is none. */
type DraftReading = { readonly value: unknown } | { readonly problem: string };

/** How a field turns its value into text and back. */
export interface DraftField {
  readonly stored: unknown;
  /** What holds while nothing is stored. */
  readonly initial?: unknown;
  readonly print: (value: unknown) => string;
  readonly read: (text: string) => DraftReading;
  readonly store: (value: unknown) => void;
}

/** A field whose text is not its value. */
export interface Draft {
  readonly text: string;
  /** Only once the field was left. */
  readonly problem: string | null;
  readonly type: (text: string) => void;
  readonly leave: () => void;
}

/**
 * Keeps the text of a field while it reads as nothing: the stored value then stays as it was, and the complaint comes
 * when the field is left. What reads as a value is stored at once, in range or not, so that validation reports it everywhere.
 */
export function useDraft({ stored, initial, print, read, store }: DraftField): Draft {
  const { actions } = useDesigner();
  const shown = print(stored ?? initial);
  const [draft, setDraft] = useState<{ readonly text: string; readonly over: readonly string[] } | null>(null);
  const [typing, setTyping] = useState(false);
  // Undo, import or another panel changed the value: what was typed is no longer about it.
  const text = draft?.over.includes(shown) ? draft.text : shown;
  const reading = read(text);
  return {
    text,
    problem: !typing && "problem" in reading ? reading.problem : null,
    type(next) {
      const result = read(next);
      setTyping(true);
      setDraft({ text: next, over: "value" in result ? [print(result.value ?? initial)] : [shown] });
      if ("value" in result) store(result.value);
    },
    leave() {
      setTyping(false);
      if ("value" in reading) setDraft(null);
      actions.seal();
    },
  };
}
