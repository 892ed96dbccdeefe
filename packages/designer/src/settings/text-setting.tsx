import { type ReactElement, useState } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { LastValue } from "./last-value.tsx";
import { PathInput } from "./path-input.tsx";
import { Segment } from "./segment.tsx";
import type { SettingControlProps } from "./setting-control.ts";
import { readSettingText, type ValueMode, writeSettingText } from "./setting-text.ts";
import { ValueSetting } from "./value-setting.tsx";

/** A text that is given as it is, read from the model, or made by a template. */
export function TextSetting(props: SettingControlProps): ReactElement {
  const { id, stepKey, field, label, help, required, value, error, readOnly, onChange } = props;
  const { t, actions } = useDesigner();
  const [chosen, setChosen] = useState<ValueMode>("literal");
  const stored = readSettingText(value);
  if (!stored) return <ValueSetting {...props} />;
  // An empty field stores nothing, not even how it will be given: that a person chose.
  const mode = value === undefined || value === null ? chosen : stored.mode;
  const { text } = stored;

  const write = (next: string) => {
    setChosen(mode);
    onChange(writeSettingText({ mode, text: next }));
  };
  const choose = (next: ValueMode) => {
    setChosen(next);
    onChange(writeSettingText({ mode: next, text }));
    actions.seal();
  };
  const modes = (
    <Segment
      label={t("settings.mode", { name: label })}
      value={mode}
      disabled={readOnly}
      options={[
        { value: "literal", label: t("settings.literal") },
        { value: "path", label: t("settings.path") },
        { value: "template", label: t("settings.template") },
      ]}
      onChange={choose}
    />
  );
  return (
    <FieldFrame
      id={id}
      label={label}
      required={required}
      error={error}
      aside={field.literal ? undefined : modes}
      help={mode === "path" && text !== "" ? <LastValue stepKey={stepKey} path={text} otherwise={help} /> : help}
    >
      {mode === "path" ? (
        <PathInput
          id={id}
          stepKey={stepKey}
          value={text}
          invalid={error !== null}
          readOnly={readOnly}
          onChange={write}
        />
      ) : (
        <input
          id={id}
          className={mode === "template" ? "ofs-input ofs-mono" : "ofs-input"}
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          placeholder={mode === "template" ? "{{ _user.firstName }}" : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-help`}
          onChange={(event) => write(event.currentTarget.value)}
          onBlur={actions.seal}
        />
      )}
    </FieldFrame>
  );
}
