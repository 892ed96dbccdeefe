import { type ReactElement, useState } from "react";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { PanelIconButton } from "../theme/panel-icon-button.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { PathInput } from "./path-input.tsx";
import { Segment } from "./segment.tsx";
import type { SettingControlProps } from "./setting-control.ts";
import { readSettingText, type ValueMode } from "./setting-text.ts";
import { ValueSetting } from "./value-setting.tsx";

type Rows = Readonly<Record<string, unknown>>;

/** Values by target: a definition of the component, or a path of the model. */
export function ValuesSetting(props: SettingControlProps): ReactElement {
  const { id, stepKey, field, label, help, required, value, error, readOnly, onChange } = props;
  const { t, actions } = useDesigner();
  const [target, setTarget] = useState("");
  const definitions = useDocument(({ document }) => document.meta.definitions);
  const ofDefinitions = field.control === "definition-values";
  if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value)))
    return <ValueSetting {...props} />;
  const rows = (value ?? {}) as Rows;
  const open = definitions.filter(({ name }) => !Object.hasOwn(rows, name));

  function add(name: string) {
    if (name === "" || Object.hasOwn(rows, name)) return;
    onChange({ ...rows, [name]: { $path: "" } });
    actions.seal();
    setTarget("");
  }
  function remove(name: string) {
    const { [name]: _, ...rest } = rows;
    onChange(Object.keys(rest).length > 0 ? rest : undefined);
    actions.seal();
  }

  return (
    <FieldFrame id={id} label={label} required={required} error={error} help={help} group>
      <ul className="ofs-rows">
        {Object.entries(rows).map(([name, cell]) => (
          <li key={name}>
            <ValueRow
              id={`${id}-${name}`}
              stepKey={stepKey}
              name={name}
              value={cell}
              readOnly={readOnly}
              onChange={(next) => onChange({ ...rows, [name]: next })}
              onRemove={() => remove(name)}
            />
          </li>
        ))}
      </ul>
      {!readOnly && (ofDefinitions ? open.length > 0 : true) && (
        <div className="ofs-add-row">
          {ofDefinitions ? (
            <span className="ofs-select">
              <select
                className="ofs-input"
                aria-label={t("settings.addDefinition")}
                value=""
                onChange={(event) => add(event.currentTarget.value)}
              >
                <option value="">{t("settings.addDefinition")}</option>
                {open.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
              <Icon name="chevronDown" />
            </span>
          ) : (
            <>
              <input
                className="ofs-input ofs-mono"
                aria-label={t("settings.newTarget")}
                placeholder={t("settings.newTarget")}
                value={target}
                onChange={(event) => setTarget(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") add(target.trim());
                }}
              />
              <button
                type="button"
                className="ofs-button"
                disabled={target.trim() === ""}
                onClick={() => add(target.trim())}
              >
                {t("settings.add")}
              </button>
            </>
          )}
        </div>
      )}
    </FieldFrame>
  );
}

interface ValueRowProps {
  readonly id: string;
  readonly stepKey: string;
  readonly name: string;
  readonly value: unknown;
  readonly readOnly: boolean;
  readonly onChange: (value: unknown) => void;
  readonly onRemove: () => void;
}

function ValueRow({ id, stepKey, name, value, readOnly, onChange, onRemove }: ValueRowProps): ReactElement {
  const { t, actions } = useDesigner();
  const stored = readSettingText(value);
  const write = (mode: ValueMode, text: string) =>
    onChange(mode === "literal" ? text : { [mode === "path" ? "$path" : "$template"]: text });
  return (
    <>
      <div className="ofs-field-head">
        <label htmlFor={id}>
          <code>{name}</code>
        </label>
        {stored && (
          <Segment
            label={t("settings.mode", { name })}
            value={stored.mode}
            disabled={readOnly}
            options={[
              { value: "literal", label: t("settings.literal") },
              { value: "path", label: t("settings.path") },
              { value: "template", label: t("settings.template") },
            ]}
            onChange={(mode) => {
              write(mode, stored.text);
              actions.seal();
            }}
          />
        )}
        {!readOnly && <PanelIconButton icon="close" name={t("settings.removeOf", { name })} onClick={onRemove} />}
      </div>
      {stored?.mode === "path" ? (
        <PathInput
          id={id}
          stepKey={stepKey}
          value={stored.text}
          invalid={false}
          readOnly={readOnly}
          onChange={(path) => write("path", path)}
        />
      ) : stored ? (
        <input
          id={id}
          className="ofs-input"
          value={stored.text}
          readOnly={readOnly}
          spellCheck={false}
          onChange={(event) => write(stored.mode, event.currentTarget.value)}
          onBlur={actions.seal}
        />
      ) : (
        <code className="ofs-json">{JSON.stringify(value)}</code>
      )}
    </>
  );
}
