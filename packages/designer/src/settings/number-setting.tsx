import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { printStored } from "./print-stored.ts";
import type { SettingControlProps } from "./setting-control.ts";
import { useDraft } from "./use-draft.ts";

/** A number. */
export function NumberSetting({
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
  const { t } = useDesigner();
  const { min, max } = field;
  const draft = useDraft({
    stored: value,
    initial,
    print: printStored,
    read(text) {
      if (text.trim() === "") return { value: undefined };
      const number = Number(text);
      return Number.isFinite(number) ? { value: number } : { problem: t("settings.notANumber") };
    },
    store: onChange,
  });
  const problem = draft.problem ?? error;
  return (
    <FieldFrame
      id={id}
      label={label}
      required={required}
      error={problem}
      help={help}
      aside={min !== undefined && max !== undefined && <em>{t("settings.numbers", { min, max })}</em>}
    >
      <input
        id={id}
        className="ofs-input"
        inputMode="numeric"
        autoComplete="off"
        value={draft.text}
        readOnly={readOnly}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-help`}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.leave}
      />
    </FieldFrame>
  );
}
