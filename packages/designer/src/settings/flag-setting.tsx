import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldHelp } from "./field-help.tsx";
import type { SettingControlProps } from "./setting-control.ts";

/** Yes or no. */
export function FlagSetting({
  id,
  label,
  help,
  value,
  initial,
  error,
  readOnly,
  onChange,
}: SettingControlProps): ReactElement {
  const { actions } = useDesigner();
  return (
    <div className="ofs-field ofs-flag" data-invalid={error ? true : undefined}>
      <input
        id={id}
        type="checkbox"
        checked={(value ?? initial) === true}
        disabled={readOnly}
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
          actions.seal();
        }}
      />
      <label htmlFor={id}>{label}</label>
      <FieldHelp id={id} help={help} error={error} />
    </div>
  );
}
