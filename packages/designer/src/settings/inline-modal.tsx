import { type ReactElement, useState } from "react";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { ModalEditor } from "./modal-editor.tsx";

/** *Edit modal* below the choice of a modal: what a step shows is edited where it is chosen. */
export function InlineModal({ modalId }: { readonly modalId: string }): ReactElement | null {
  const { t } = useDesigner();
  const [open, setOpen] = useState(false);
  const exists = useDocument(({ document }) => document.meta.modals.some(({ id }) => id === modalId));
  if (!exists) return null;
  return (
    <div className="ofs-inline">
      <button type="button" className="ofs-link" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="pencil" />
        {t("modal.edit")}
      </button>
      {open && <ModalEditor modalId={modalId} />}
    </div>
  );
}
