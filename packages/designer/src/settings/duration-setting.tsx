import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { parseDuration } from "./parse-duration.ts";
import { printStored } from "./print-stored.ts";
import type { SettingControlProps } from "./setting-control.ts";
import { useDraft } from "./use-draft.ts";

const chipMinutes = [1, 2, 5, 10];

/** Whole seconds, typed as `300`, `5m` or `PT5M`, or picked. */
export function DurationSetting({
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
  const { t, actions } = useDesigner();
  const { min, max } = field;
  const draft = useDraft({
    stored: value,
    initial,
    print: printStored,
    read(text) {
      if (text.trim() === "") return { value: undefined };
      const seconds = parseDuration(text);
      return seconds === null ? { problem: t("settings.notADuration") } : { value: seconds };
    },
    store: onChange,
  });
  const seconds = parseDuration(draft.text);
  const outside = seconds !== null && ((min !== undefined && seconds < min) || (max !== undefined && seconds > max));
  const range = min === undefined || max === undefined ? undefined : t("settings.range", { min, max });
  const problem = draft.problem ?? error;
  return (
    <FieldFrame id={id} label={label} required={required} error={problem} help={help} aside={range && <em>{range}</em>}>
      <span className="ofs-with-unit">
        <input
          id={id}
          className="ofs-input"
          value={draft.text}
          readOnly={readOnly}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-help`}
          data-outside={outside || undefined}
          onChange={(event) => draft.type(event.currentTarget.value)}
          onBlur={draft.leave}
        />
        <span>
          {/^\s*\d+\s*$/.test(draft.text)
            ? t("settings.seconds")
            : seconds !== null
              ? t("settings.isSeconds", { seconds })
              : ""}
        </span>
      </span>
      <div className="ofs-chips">
        {chipMinutes
          .filter((minutes) => (min === undefined || minutes * 60 >= min) && (max === undefined || minutes * 60 <= max))
          .map((minutes) => (
            <button
              key={minutes}
              type="button"
              aria-pressed={seconds === minutes * 60}
              disabled={readOnly}
              onClick={() => {
                draft.type(String(minutes * 60));
                actions.seal();
              }}
            >
              {t("settings.minutes", { minutes })}
            </button>
          ))}
      </div>
    </FieldFrame>
  );
}
