import { type Control, localize } from "@onceflow/step-runtime";
import type { FormEvent, ReactElement } from "react";
import { clockTime } from "./clock-time.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { PageButton } from "./page-button.tsx";
import { type ControlSurroundings, PageControl } from "./page-control.tsx";
import type { Ask } from "./page-state.ts";
import { useSecondsUntil } from "./use-seconds-until.ts";

interface AskDialogProps {
  readonly ask: Ask;
  readonly surroundings: ControlSurroundings;
  readonly onAnswer: (outcome: "answered" | "resend" | "dismissed") => void;
}

/** A modal that asks: a form over the page, which says how the last try went and when the next thing can be done. */
export function AskDialog({ ask, surroundings, onAnswer }: AskDialogProps): ReactElement {
  const { question, sending, problem } = ask;
  const { modal } = question;
  const { locale, messages } = surroundings;
  const untilResend = useSecondsUntil(modal.resendAvailableAt);
  const untilRetry = useSecondsUntil(modal.retryAt);
  const untilEnd = useSecondsUntil(modal.expiresAt);
  const expired = modal.expiresAt !== undefined && untilEnd === 0;
  const busy = sending || untilRetry > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!busy) onAnswer("answered");
  }

  const error = describeProblem();
  const shown = modal.controls.filter(({ type }) => type !== "button");
  const buttons = modal.controls.filter(({ type }) => type === "button") as readonly Control[];
  return (
    <DialogFrame title={localize(modal.title, locale)} onEscape={() => onAnswer("dismissed")}>
      {(descriptionId) => (
        <>
          <p id={descriptionId} className="ofp-ask-notice" role="status">
            {sending ? messages.sending : modal.destination === undefined ? "" : messages.sentTo(modal.destination)}
          </p>
          <form onSubmit={submit} noValidate>
            {shown.map((control, index) => (
              <PageControl
                key={index}
                control={control}
                value={control.value}
                error={control.type === "text-field" ? error : null}
                surroundings={{ ...surroundings, busy, expiresAt: modal.expiresAt ?? null }}
              />
            ))}
            <div className="ofp-buttons">
              {buttons.map((button, index) => (
                <PageButton key={index} primary={button.action === "submit"} {...buttonState(button)}>
                  {buttonText(button)}
                </PageButton>
              ))}
            </div>
          </form>
        </>
      )}
    </DialogFrame>
  );

  function describeProblem(): string | null {
    if (problem === "not-brought") return messages.notBrought;
    if (problem === "not-taken") return messages.notTaken;
    if (problem === "empty") return messages.enterCode;
    if (expired) return messages.askExpired;
    if (untilRetry > 0 && modal.retryAt !== undefined)
      return messages.waitUntil(clockTime(modal.retryAt, locale) ?? "");
    return modal.rejected === true ? messages.askWrong : null;
  }

  function buttonState({ action }: Control): {
    type?: "submit";
    disabled?: boolean;
    onPress?: () => void;
  } {
    switch (action) {
      case "submit":
        return { type: "submit", disabled: busy || expired };
      case "resend":
        return { disabled: sending || untilResend > 0, onPress: () => onAnswer("resend") };
      default:
        return { onPress: () => onAnswer("dismissed") };
    }
  }

  function buttonText({ action, label }: Control): string {
    const text = localize(label ?? "", locale) || messages.close;
    if (action !== "resend" || untilResend === 0) return text;
    return messages.availableIn(text, `${Math.floor(untilResend / 60)}:${String(untilResend % 60).padStart(2, "0")}`);
  }
}
