import type { ReactElement, ReactNode } from "react";

interface PageButtonProps {
  readonly primary: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly title?: string | undefined;
  readonly type?: "submit" | "button";
  readonly onPress?: () => void;
  readonly children: ReactNode;
}

/** A button of the page. A busy one keeps its focus and its name: `disabled` would lose both the place and the person. */
export function PageButton({
  primary,
  busy = false,
  disabled = false,
  title,
  type = "button",
  onPress,
  children,
}: PageButtonProps): ReactElement {
  return (
    <button
      type={type}
      className={primary ? "ofp-button" : "ofp-button ofp-secondary"}
      aria-disabled={busy || disabled || undefined}
      aria-busy={busy || undefined}
      title={title}
      onClick={(event) => {
        if (busy || disabled) event.preventDefault();
        else onPress?.();
      }}
    >
      {busy && <span className="ofp-spinner" aria-hidden="true" />}
      <span>{children}</span>
    </button>
  );
}
