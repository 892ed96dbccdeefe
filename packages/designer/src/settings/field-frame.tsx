import type { ReactElement, ReactNode } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { FieldHelp } from "./field-help.tsx";

interface FieldFrameProps {
  /** Of the control; help and error get ids made from it. */
  readonly id: string;
  readonly label: string;
  readonly required?: boolean | undefined;
  /** Right in the label's line: a range, or the choice of how the value is given. */
  readonly aside?: ReactNode;
  readonly help?: ReactNode;
  /** Takes the help's place. */
  readonly error?: string | null | undefined;
  /** The control is a group: its label names, but focuses nothing. */
  readonly group?: boolean;
  readonly children: ReactNode;
}

/** Label, control, and below it help or what is wrong. */
export function FieldFrame({
  id,
  label,
  required = false,
  aside,
  help,
  error,
  group = false,
  children,
}: FieldFrameProps): ReactElement {
  const { t } = useDesigner();
  const name = (
    <>
      {label}
      {required && (
        <span className="ofs-required" aria-hidden="true" title={t("settings.required")}>
          *
        </span>
      )}
    </>
  );
  return (
    <div
      className="ofs-field"
      data-invalid={error ? true : undefined}
      {...(group && { role: "group", "aria-labelledby": `${id}-label` })}
    >
      <div className="ofs-field-head">
        {group ? (
          <span id={`${id}-label`}>{name}</span>
        ) : (
          <label id={`${id}-label`} htmlFor={id}>
            {name}
          </label>
        )}
        {aside}
      </div>
      {children}
      <FieldHelp id={id} help={help} error={error} />
    </div>
  );
}
