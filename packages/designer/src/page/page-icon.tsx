import type { ReactElement } from "react";

const paths = {
  error: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.5M8 11h.01",
  done: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.5 8.2l1.8 1.8 3.2-3.7",
  check: "M3 8.5 6.5 12 13 4.5",
  lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  chevron: "M6 3.5 10.5 8 6 12.5",
} as const;

/** A decorative icon of the end-user page. */
export function PageIcon({ name }: { readonly name: keyof typeof paths }): ReactElement {
  return (
    <svg className="ofp-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
