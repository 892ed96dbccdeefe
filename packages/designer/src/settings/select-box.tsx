import type { ReactElement, ReactNode } from "react";
import { Icon } from "../theme/icon.tsx";

interface SelectBoxProps {
  readonly id: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Before the chosen option. */
  readonly icon?: ReactNode;
  readonly mono?: boolean;
  readonly label?: string;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}

/** The system's own select, which every keyboard and screen reader knows, in the panel's clothes. */
export function SelectBox({
  id,
  value,
  options,
  icon,
  mono = false,
  label,
  invalid = false,
  disabled = false,
  onChange,
}: SelectBoxProps): ReactElement {
  return (
    <span className="ofs-select" data-icon={icon ? true : undefined}>
      {icon}
      <select
        id={id}
        className={mono ? "ofs-input ofs-mono" : "ofs-input"}
        value={value}
        disabled={disabled}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevronDown" />
    </span>
  );
}
