import type { ReactElement } from "react";
import { Icon } from "../theme/icon.tsx";

interface PreviewEmptyProps {
  readonly title: string;
  readonly text: string;
  readonly code?: string;
  readonly action?: string;
  readonly onAction?: () => void;
}

/** What stands where the page would be. */
export function PreviewEmpty({ title, text, code, action, onAction }: PreviewEmptyProps): ReactElement {
  return (
    <div className="of-preview-empty">
      <Icon name="eye" />
      <b>{title}</b>
      <p>{text}</p>
      {code && <code>{code}</code>}
      {action && (
        <button type="button" className="ofs-button" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
