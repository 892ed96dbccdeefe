import type { ReactElement } from "react";

// Paths and variables of the model: `_user.userName`, `new_code`. A sentence's own words have neither dot nor underscore inside.
const modelWord = /((?<![\w.])(?:_\w+|[a-z]\w*_\w+)(?:\.\w+)*|(?<![\w.@])[a-z]\w*(?:\.[a-zA-Z_]\w*)+(?![\w@]))/;

/** A sentence with the names of the model in monospace. */
export function ModelWords({ text }: { readonly text: string }): ReactElement {
  const parts = text.split(modelWord);
  // Odd parts are what the pattern caught; a sentence's parts never move, so their place is a key.
  return <>{parts.map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}
