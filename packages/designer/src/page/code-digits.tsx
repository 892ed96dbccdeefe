import type { ReactElement } from "react";

/** Whether a text can only be a one-time code: digits or capitals, in one piece. */
export function looksLikeCode(text: string): boolean {
  return /^[0-9A-Z]{4,12}$/.test(text);
}

/** The one loud thing: a code in two groups, read out digit by digit and copied in one piece. */
export function CodeDigits({ code }: { readonly code: string }): ReactElement {
  const half = Math.ceil(code.length / 2);
  return (
    <div className="ofp-digits" role="img" aria-label={code.split("").join(" ")}>
      {/* Inline spans, not flex items: a browser copies those with a line break between them. */}
      <span>
        <span>{code.slice(0, half)}</span>
        <span className="ofp-half">{code.slice(half)}</span>
      </span>
    </div>
  );
}
