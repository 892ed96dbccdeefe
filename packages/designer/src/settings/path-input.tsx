import { type ReactElement, useId, useState } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { PathPicker } from "./path-picker.tsx";

interface PathInputProps {
  readonly id: string;
  readonly stepKey: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly readOnly: boolean;
  readonly onChange: (path: string) => void;
}

/** A path into the model, typed or picked from what the earlier steps add. */
export function PathInput({ id, stepKey, value, invalid, readOnly, onChange }: PathInputProps): ReactElement {
  const { t, actions } = useDesigner();
  const [open, setOpen] = useState(false);
  const pickerId = useId();
  return (
    <>
      <span className="ofs-with-button">
        <input
          id={id}
          className="ofs-input ofs-mono"
          value={value}
          readOnly={readOnly}
          spellCheck={false}
          autoComplete="off"
          placeholder="_user.userName"
          aria-invalid={invalid ? true : undefined}
          aria-describedby={`${id}-help`}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={actions.seal}
        />
        <button
          type="button"
          className="ofs-icon-button"
          disabled={readOnly}
          aria-expanded={open}
          aria-controls={pickerId}
          title={t("settings.pickPath")}
          aria-label={t("settings.pickPath")}
          onClick={() => setOpen(!open)}
        >
          <Icon name="tree" />
        </button>
      </span>
      {open && (
        <PathPicker
          id={pickerId}
          stepKey={stepKey}
          chosen={value}
          onPick={(path) => {
            onChange(path);
            actions.seal();
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
