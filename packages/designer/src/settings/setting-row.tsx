import { localize, settingField, type StepType } from "@onceflow/step-runtime";
import { type ReactElement, useId } from "react";
import { useDesigner, useStep } from "../store/designer-context.tsx";
import { ChoiceSetting } from "./choice-setting.tsx";
import { DurationSetting } from "./duration-setting.tsx";
import { FlagSetting } from "./flag-setting.tsx";
import { NumberSetting } from "./number-setting.tsx";
import { PathSetting } from "./path-setting.tsx";
import { ReferenceSetting } from "./reference-setting.tsx";
import { ScriptSetting } from "./script-setting.tsx";
import type { SettingControlProps } from "./setting-control.ts";
import { TextSetting } from "./text-setting.tsx";
import { useFieldError } from "./use-field-error.ts";
import { ValueSetting } from "./value-setting.tsx";
import { ValuesSetting } from "./values-setting.tsx";

const controls: Readonly<
  Record<SettingControlProps["field"]["control"], (props: SettingControlProps) => ReactElement>
> = {
  text: TextSetting,
  "model-path": PathSetting,
  duration: DurationSetting,
  number: NumberSetting,
  choice: ChoiceSetting,
  flag: FlagSetting,
  script: ScriptSetting,
  "definition-values": ValuesSetting,
  mapping: ValuesSetting,
  value: ValueSetting,
  reference: ReferenceSetting,
};

/** Fields for numbers: what a hand-written file reads from the model instead stays a path. */
const numeric: ReadonlySet<SettingControlProps["field"]["control"]> = new Set(["duration", "number"]);

interface SettingRowProps {
  readonly stepKey: string;
  readonly type: StepType;
  readonly settingKey: string;
}

/** One setting of a step, in the control that its schema asks for. */
export function SettingRow({ stepKey, type, settingKey }: SettingRowProps): ReactElement | null {
  const { locale, readOnly, actions } = useDesigner();
  const id = useId();
  const step = useStep(stepKey);
  const { error, watch } = useFieldError(
    stepKey,
    `/settings/${settingKey.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  );
  const schema = type.settings.shape[settingKey];
  if (!schema) return null;
  const field = settingField(settingKey, schema);
  const value = step?.settings?.[settingKey];
  const readFromModel = typeof value === "object" && value !== null;
  const control = numeric.has(field.control) && readFromModel ? "text" : field.control;
  // A control that a later version brings is edited as what it is: JSON.
  const Control = controls[control] ?? ValueSetting;
  const empty = schema.safeParse(undefined);
  return (
    <div {...watch}>
      <Control
        id={id}
        stepKey={stepKey}
        settingKey={settingKey}
        field={field}
        label={localize(field.title, locale)}
        help={field.help === undefined ? undefined : localize(field.help, locale)}
        required={!empty.success}
        value={value}
        initial={empty.success ? empty.data : undefined}
        error={error}
        readOnly={readOnly}
        onChange={(value) => actions.setSetting(stepKey, settingKey, value)}
      />
    </div>
  );
}
