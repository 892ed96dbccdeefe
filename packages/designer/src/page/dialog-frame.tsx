import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useRef } from "react";
import { useModalFocus } from "./use-modal-focus.ts";

interface DialogFrameProps {
  readonly title: string;
  /** Escape; what else closes the dialog is up to what stands in it. */
  readonly onEscape: () => void;
  /** A press beside the dialog. */
  readonly onVeil?: (() => void) | undefined;
  /** What stands in it; it is handed the id for the part that describes the dialog to a screen reader. */
  readonly children: (descriptionId: string) => ReactNode;
}

/** A dialog over the page: it takes the focus, keeps it, and gives it back. */
export function DialogFrame({ title, onEscape, onVeil, children }: DialogFrameProps): ReactElement {
  const titleId = useId();
  const descriptionId = useId();
  const dialog = useRef<HTMLDivElement>(null);
  const trapTab = useModalFocus(dialog);

  function keyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === "Escape") {
      event.stopPropagation();
      onEscape();
    } else {
      trapTab(event);
    }
  }

  return (
    <div className="ofp-overlay">
      <div className="ofp-veil" onClick={onVeil} aria-hidden="true" />
      <div
        ref={dialog}
        className="ofp-dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        aria-describedby={descriptionId}
        tabIndex={-1}
        onKeyDown={keyDown}
      >
        <h2 id={titleId}>{title}</h2>
        {children(descriptionId)}
      </div>
    </div>
  );
}
