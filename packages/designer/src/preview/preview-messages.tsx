import type { ReactElement } from "react";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";

/** Leads to what the run sent, where a person would look into their mail. */
export function PreviewMessages(): ReactElement | null {
  const { view, t } = useDesigner();
  const count = useView(({ run }) => run?.messages.length ?? 0);
  if (count === 0) return null;
  return (
    <p className="of-preview-messages">
      <Icon name="mail" />
      <button
        type="button"
        className="of-link"
        onClick={() => view.setState(({ open }) => ({ outputTab: "messages", open: { ...open, drawer: true } }))}
      >
        {t("preview.messages", { count })}
      </button>
    </p>
  );
}
