import type { ReactElement } from "react";
import { isDirty } from "../store/document-store.ts";
import { useDesigner, useDocument, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";

/** Whether all is saved, in words; it stands still where there is nothing to save to. */
export function SaveState(): ReactElement | null {
  const { actions, onSave, readOnly, t } = useDesigner();
  const status = useView((view) => view.saveStatus);
  const dirty = useDocument(isDirty);
  if (!onSave || readOnly) return null;
  const save = () => void actions.save();
  if (status === "failed") {
    return (
      <span className="of-saved" role="status" data-state="failed">
        <Icon name="error" />
        {t("bar.saveFailed")}
        <button type="button" className="of-link" onClick={save}>
          {t("bar.tryAgain")}
        </button>
      </span>
    );
  }
  return (
    <>
      <span
        className="of-saved"
        role="status"
        data-state={status === "saving" ? "saving" : dirty ? "unsaved" : "saved"}
      >
        {status === "saving" || dirty ? null : <Icon name="check" />}
        <span>{t(status === "saving" ? "bar.saving" : dirty ? "bar.unsaved" : "bar.saved")}</span>
      </span>
      {dirty && status === "idle" ? (
        <button type="button" className="of-button of-line" onClick={save}>
          {t("bar.save")}
        </button>
      ) : null}
    </>
  );
}
