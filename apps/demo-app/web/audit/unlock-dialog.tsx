import { DialogFrame } from "@onceflow/designer/page";
import { type ReactElement, useState } from "react";
import type { DemoSession } from "../session/session-api.ts";
import { unlockUser } from "./audit-api.ts";
import type { AuditTexts } from "./audit-texts.ts";

/** Asks before a user may try codes again, and does it. */
export function UnlockDialog({
  userId,
  session,
  texts,
  onDone,
  onCancel,
}: {
  readonly userId: string;
  readonly session: DemoSession;
  readonly texts: AuditTexts;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}): ReactElement {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function unlock(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await unlockUser(userId, session);
      onDone();
    } catch (error) {
      setBusy(false);
      // What fetch throws when nobody answers.
      setFailure(error instanceof Error && !(error instanceof TypeError) ? error.message : texts.unreachable);
    }
  }

  return (
    <DialogFrame title={texts.unlockTitle(userId)} onEscape={onCancel} onVeil={onCancel}>
      {(descriptionId) => (
        <>
          <div id={descriptionId}>
            <p className="ofp-text">{texts.unlockExplain}</p>
            {failure !== null && (
              <p className="audit-note audit-bad" role="alert">
                {failure}
              </p>
            )}
          </div>
          <div className="ofp-buttons">
            <button
              type="button"
              className="ofp-button"
              aria-disabled={busy}
              aria-busy={busy || undefined}
              onClick={() => void unlock()}
            >
              {busy ? texts.unlocking : texts.unlock}
            </button>
            <button type="button" className="ofp-button ofp-secondary" onClick={onCancel}>
              {texts.cancel}
            </button>
          </div>
        </>
      )}
    </DialogFrame>
  );
}
