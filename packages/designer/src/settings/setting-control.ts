import type { SettingField } from "@onceflow/step-runtime";

/** What every control of a setting is given. */
export interface SettingControlProps {
  readonly id: string;
  readonly stepKey: string;
  readonly settingKey: string;
  readonly field: SettingField;
  readonly label: string;
  readonly help: string | undefined;
  readonly required: boolean;
  readonly value: unknown;
  /** What the step does when nothing is stored. */
  readonly initial: unknown;
  readonly error: string | null;
  readonly readOnly: boolean;
  readonly onChange: (value: unknown) => void;
}
