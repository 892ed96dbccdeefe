import { type Control, localize, type ModalView } from "@onceflow/step-runtime";
import { type KeyboardEvent, type ReactElement, useId, useRef } from "react";
import { PageButton } from "./page-button.tsx";
import { type ControlSurroundings, PageControl } from "./page-control.tsx";
import { useModalFocus } from "./use-modal-focus.ts";

interface ModalDialogProps {
  readonly modal: ModalView;
  readonly surroundings: ControlSurroundings;
  readonly onClose: () => void;
  /** A button that starts a dataflow; it closes the modal first. */
  readonly onDataflow?: (dataflowId: string) => void;
}

/** A modal over the page: it takes the focus, keeps it, and gives it back. */
export function ModalDialog({ modal, surroundings, onClose, onDataflow }: ModalDialogProps): ReactElement {
  const titleId = useId();
  const bodyId = useId();
  const dialog = useRef<HTMLDivElement>(null);
  const { locale, messages } = surroundings;

  const trapTab = useModalFocus(dialog);

  function keyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else {
      trapTab(event);
    }
  }

  const shown = modal.controls.filter(({ type }) => type !== "button");
  const buttons = modal.controls.filter(({ type }) => type === "button") as readonly Control[];
  const expiresAt = modal.expiresAt ?? surroundings.expiresAt;
  return (
    <div className="ofp-overlay">
      <div className="ofp-veil" onClick={onClose} aria-hidden="true" />
      <div
        ref={dialog}
        className="ofp-dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        aria-describedby={bodyId}
        tabIndex={-1}
        onKeyDown={keyDown}
      >
        <h2 id={titleId}>{localize(modal.title, locale)}</h2>
        <div id={bodyId}>
          {shown.map((control, index) => (
            <PageControl
              key={index}
              control={control}
              value={control.value}
              surroundings={{ ...surroundings, expiresAt }}
            />
          ))}
        </div>
        <div className="ofp-buttons">
          {buttons.map((button, index) => (
            <PageButton key={index} primary={index === 0} onPress={() => press(button)}>
              {localize(button.label ?? "", locale) || messages.close}
            </PageButton>
          ))}
          {buttons.length === 0 && (
            <PageButton primary onPress={onClose}>
              {messages.close}
            </PageButton>
          )}
        </div>
      </div>
    </div>
  );

  function press({ dataflow }: Control) {
    onClose();
    if (dataflow !== undefined) onDataflow?.(dataflow);
  }
}
