import type { ReactElement } from "react";
import { FieldFrame } from "./field-frame.tsx";
import { LastValue } from "./last-value.tsx";
import { PathInput } from "./path-input.tsx";
import type { SettingControlProps } from "./setting-control.ts";

/** A setting that holds a bare path. */
export function PathSetting({
  id,
  stepKey,
  label,
  help,
  required,
  value,
  initial,
  error,
  readOnly,
  onChange,
}: SettingControlProps): ReactElement {
  const path = typeof value === "string" ? value : typeof initial === "string" ? initial : "";
  return (
    <FieldFrame
      id={id}
      label={label}
      required={required}
      error={error}
      help={<LastValue stepKey={stepKey} path={path} otherwise={help} />}
    >
      <PathInput
        id={id}
        stepKey={stepKey}
        value={path}
        invalid={error !== null}
        readOnly={readOnly}
        onChange={(next) => onChange(next === "" ? undefined : next)}
      />
    </FieldFrame>
  );
}
