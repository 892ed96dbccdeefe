import { type Definition, localize, secretMask } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { clockTime } from "./clock-time.ts";
import { CodeDigits, looksLikeCode } from "./code-digits.tsx";
import { PageIcon } from "./page-icon.tsx";
import type { PageMessages } from "./page-messages.ts";

interface LabelControlProps {
  readonly control: { readonly label?: unknown; readonly text?: unknown };
  /** The value of the label's definition; undefined when it shows a text. */
  readonly value: unknown;
  readonly definition: Definition | undefined;
  readonly testMode: boolean;
  /** ISO 8601: until when the shown code is valid, if that is known. */
  readonly expiresAt: string | null;
  readonly locale: string;
  readonly messages: PageMessages;
}

/** A text, or a definition's value: a secret one that reads as a code is shown large. */
export function LabelControl({
  control,
  value,
  definition,
  testMode,
  expiresAt,
  locale,
  messages,
}: LabelControlProps): ReactElement {
  const caption = asText(control.label, locale);
  const text = value === undefined ? asText(control.text, locale) : asText(value, locale);
  return (
    <div className="ofp-label">
      {caption && <p className="ofp-caption">{caption}</p>}
      {shown()}
    </div>
  );

  function shown(): ReactElement {
    if (text === secretMask) {
      return (
        <>
          <div className="ofp-digits ofp-masked" role="img" aria-label={messages.hiddenValue}>
            {secretMask}
          </div>
          <p className="ofp-note">
            <PageIcon name="lock" />
            <span>{testMode ? messages.hiddenSecret : messages.hiddenOutsideTestMode}</span>
          </p>
        </>
      );
    }
    if (definition?.secret && looksLikeCode(text)) {
      const time = expiresAt && clockTime(expiresAt, locale);
      return (
        <>
          <CodeDigits code={text} />
          {time && <p className="ofp-note">{messages.validUntil(time)}</p>}
        </>
      );
    }
    return <p className={value === undefined ? "ofp-text" : "ofp-value"}>{text || "–"}</p>;
  }
}

function asText(value: unknown, locale: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string")
  ) {
    return localize(value as Readonly<Record<string, string>>, locale);
  }
  return JSON.stringify(value);
}
