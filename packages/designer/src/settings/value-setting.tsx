import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import type { SettingControlProps } from "./setting-control.ts";
import { useDraft } from "./use-draft.ts";

/** Any JSON value, with `$path` and `$template` at any depth. */
export function ValueSetting({
  id,
  label,
  help,
  required,
  value,
  error,
  readOnly,
  onChange,
}: SettingControlProps): ReactElement {
  const { t } = useDesigner();
  const draft = useDraft({
    stored: value,
    print: (stored) => (stored === undefined ? "" : JSON.stringify(stored, null, 2)),
    read(text) {
      if (text.trim() === "") return { value: undefined };
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return { problem: t("settings.notJson") };
      }
    },
    store: onChange,
  });
  const problem = draft.problem ?? error;
  return (
    <FieldFrame id={id} label={label} required={required} error={problem} help={help} aside={<em>JSON</em>}>
      <textarea
        id={id}
        className="ofs-input ofs-area ofs-mono"
        rows={Math.min(12, Math.max(3, draft.text.split("\n").length))}
        value={draft.text}
        readOnly={readOnly}
        spellCheck={false}
        placeholder={'{ "confirmed": { "$path": "confirmation.confirmed" } }'}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-help`}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.leave}
      />
    </FieldFrame>
  );
}
