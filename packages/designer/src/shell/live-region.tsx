import { type ReactElement, type Ref, useImperativeHandle, useState } from "react";

/** Says a sentence to screen readers. */
export interface Announcer {
  readonly say: (text: string) => void;
}

/** A polite live region of its own state: an announcement renders nothing else. */
export function LiveRegion({ ref }: { readonly ref: Ref<Announcer> }): ReactElement {
  const [text, setText] = useState("");
  // The same sentence twice is news, too: a space makes it another text.
  useImperativeHandle(ref, () => ({ say: (next) => setText((before) => (before === next ? `${next} ` : next)) }), []);
  return (
    <div className="of-live" role="status" aria-live="polite">
      {text}
    </div>
  );
}
