import { localize } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { SelectBox } from "./select-box.tsx";
import { printStored } from "./print-stored.ts";
import type { SettingControlProps } from "./setting-control.ts";

/** One of a few values. */
export function ChoiceSetting({
  id,
  field,
  label,
  help,
  required,
  value,
  initial,
  error,
  readOnly,
  onChange,
}: SettingControlProps): ReactElement {
  const { locale, actions } = useDesigner();
  const known = (field.options ?? []).map((option) => ({ value: option.value, label: localize(option.title, locale) }));
  const current = printStored(value ?? initial);
  // A value of a later version stays in the list, and stays chosen.
  const options = known.some((option) => option.value === current)
    ? known
    : [{ value: current, label: current }, ...known];
  return (
    <FieldFrame id={id} label={label} required={required} error={error} help={help}>
      <SelectBox
        id={id}
        value={current}
        options={options}
        invalid={error !== null}
        disabled={readOnly}
        onChange={(next) => {
          onChange(next);
          actions.seal();
        }}
      />
    </FieldFrame>
  );
}
