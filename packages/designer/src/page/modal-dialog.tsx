import { type Control, localize, type ModalView } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { DialogFrame } from "./dialog-frame.tsx";
import { PageButton } from "./page-button.tsx";
import { type ControlSurroundings, PageControl } from "./page-control.tsx";

interface ModalDialogProps {
  readonly modal: ModalView;
  readonly surroundings: ControlSurroundings;
  readonly onClose: () => void;
  /** A button that starts a dataflow; it closes the modal first. */
  readonly onDataflow?: (dataflowId: string) => void;
}

/** A modal that shows something over the page. */
export function ModalDialog({ modal, surroundings, onClose, onDataflow }: ModalDialogProps): ReactElement {
  const { locale, messages } = surroundings;
  const shown = modal.controls.filter(({ type }) => type !== "button");
  const buttons = modal.controls.filter(({ type }) => type === "button") as readonly Control[];
  const expiresAt = modal.expiresAt ?? surroundings.expiresAt;
  return (
    <DialogFrame title={localize(modal.title, locale)} onEscape={onClose} onVeil={onClose}>
      {(descriptionId) => (
        <>
          <div id={descriptionId}>
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
        </>
      )}
    </DialogFrame>
  );

  function press({ dataflow }: Control) {
    onClose();
    if (dataflow !== undefined) onDataflow?.(dataflow);
  }
}
