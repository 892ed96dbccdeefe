import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import type { PreviewState } from "./preview-states.ts";

const widths = [360, 768, 1280] as const;
/** The widths of the page, in CSS pixels. */
export type PreviewWidth = (typeof widths)[number];

interface PreviewToolbarProps {
  readonly states: readonly PreviewState[];
  readonly stateId: string;
  readonly width: PreviewWidth;
  /** Null: whatever a person does on the page. */
  readonly onState: (state: PreviewState | null) => void;
  readonly onWidth: (width: PreviewWidth) => void;
}

/** Which state the page is brought to, and how wide it is. */
export function PreviewToolbar({ states, stateId, width, onState, onWidth }: PreviewToolbarProps): ReactElement {
  const { t } = useDesigner();
  return (
    <div className="of-preview-tools">
      <span className="of-preview-select">
        <select
          aria-label={t("preview.state")}
          value={stateId}
          onChange={(event) => onState(states.find(({ id }) => id === event.currentTarget.value) ?? null)}
        >
          <option value="live">{t("preview.live")}</option>
          {states.map(({ id }) => (
            <option key={id} value={id}>
              {t(`preview.at.${id}`)}
            </option>
          ))}
        </select>
        <Icon name="chevronDown" />
      </span>
      <div className="ofs-seg" role="group" aria-label={t("preview.width")}>
        {widths.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === width}
            title={t("preview.widthOf", { width: one })}
            onClick={() => onWidth(one)}
          >
            {one}
          </button>
        ))}
      </div>
    </div>
  );
}
