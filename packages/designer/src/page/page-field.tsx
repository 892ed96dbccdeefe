import type { ClipboardEvent, ReactElement, RefObject } from "react";
import { useId } from "react";
import { PageIcon } from "./page-icon.tsx";

interface PageFieldProps {
  readonly label: string;
  readonly inputMode: string | undefined;
  /** Codes of this component may hold letters. */
  readonly letters: boolean;
  readonly value: string;
  readonly error: string | null;
  readonly readOnly: boolean;
  readonly inputRef?: RefObject<HTMLInputElement | null> | undefined;
  readonly onChange: (value: string) => void;
}

/** A labelled field; a code has one field, never one box per digit: those break paste, autofill and screen readers. */
export function PageField({
  label,
  inputMode,
  letters,
  value,
  error,
  readOnly,
  inputRef,
  onChange,
}: PageFieldProps): ReactElement {
  const id = useId();
  const code = inputMode === "one-time-code";
  const attributes = code
    ? ({
        inputMode: letters ? "text" : "numeric",
        autoComplete: "one-time-code",
        autoCapitalize: letters ? "characters" : "off",
        spellCheck: false,
      } as const)
    : inputMode === "email"
      ? { type: "email", autoComplete: "email" }
      : inputMode === "numeric"
        ? ({ inputMode: "numeric" } as const)
        : {};

  function paste(event: ClipboardEvent<HTMLInputElement>) {
    // A mail client copies codes with their grouping and quotes.
    const text = event.clipboardData.getData("text");
    const cleaned = text.replaceAll(/['"“”\s-]/g, "");
    if (cleaned === text) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    onChange(value.slice(0, selectionStart ?? value.length) + cleaned + value.slice(selectionEnd ?? value.length));
  }

  return (
    <div className="ofp-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...attributes}
        id={id}
        ref={inputRef}
        className={code ? "ofp-input ofp-code" : "ofp-input"}
        value={value}
        readOnly={readOnly}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        onPaste={code ? paste : undefined}
      />
      {error && (
        <p className="ofp-error" id={`${id}-error`} role="alert">
          <PageIcon name="error" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
