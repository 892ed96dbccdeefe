import { settingField, type StepType } from "@onceflow/step-runtime";
import { type ReactElement, useState } from "react";
import { useDesigner, useStep } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { ModelAdditions } from "./model-additions.tsx";
import { OutcomeList } from "./outcome-list.tsx";
import { SettingRow } from "./setting-row.tsx";
import { SourceField } from "./source-field.tsx";
import { StepNameField } from "./step-name-field.tsx";

interface StepParametersProps {
  readonly stepKey: string;
  readonly type: StepType;
}

/** The tab *Parameters*: name and source first, then what the step type asks for. */
export function StepParameters({ stepKey, type }: StepParametersProps): ReactElement {
  const fields = Object.entries(type.settings.shape).map(([key, schema]) => ({
    key,
    field: settingField(key, schema),
  }));
  const own = fields.filter(({ field }) => !field.advanced);
  const advanced = fields.filter(({ field }) => field.advanced).map(({ key }) => key);
  return (
    <div className="ofs-form">
      <StepNameField stepKey={stepKey} />
      {type.sources !== "none" && <SourceField stepKey={stepKey} />}
      {own.length > 0 && <hr />}
      {own.map(({ key }) => (
        <SettingRow key={key} stepKey={stepKey} type={type} settingKey={key} />
      ))}
      {advanced.length > 0 && <Advanced stepKey={stepKey} type={type} settingKeys={advanced} />}
      <OutcomeList stepKey={stepKey} type={type} />
      <ModelAdditions stepKey={stepKey} type={type} />
    </div>
  );
}

function Advanced({
  stepKey,
  type,
  settingKeys,
}: StepParametersProps & { readonly settingKeys: readonly string[] }): ReactElement {
  const { t } = useDesigner();
  const step = useStep(stepKey);
  const changed = settingKeys.filter((key) => step?.settings?.[key] !== undefined).length;
  const [open, setOpen] = useState(false);
  return (
    <div className="ofs-advanced">
      <button type="button" className="ofs-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "chevronDown" : "chevronRight"} />
        {t("settings.advanced")}
        <em>
          {changed === 0
            ? t("settings.allDefault", { count: settingKeys.length })
            : t("settings.someChanged", { count: settingKeys.length, changed })}
        </em>
      </button>
      {open && (
        <div className="ofs-form">
          {settingKeys.map((key) => (
            <SettingRow key={key} stepKey={stepKey} type={type} settingKey={key} />
          ))}
        </div>
      )}
    </div>
  );
}
