import type { ReactElement } from "react";

interface SegmentProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly disabled?: boolean;
  readonly onChange: (value: Value) => void;
}

/** A few choices side by side, of which one holds. */
export function Segment<Value extends string>({
  label,
  options,
  value,
  disabled = false,
  onChange,
}: SegmentProps<Value>): ReactElement {
  return (
    <span className="ofs-seg" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          disabled={disabled}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </span>
  );
}
