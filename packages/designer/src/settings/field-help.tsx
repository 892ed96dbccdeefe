import type { ReactElement, ReactNode } from "react";
import { Icon } from "../theme/icon.tsx";

/** What stands below a control: what is wrong, else help. The control names it with `aria-describedby`. */
export function FieldHelp({
  id,
  help,
  error,
}: {
  /** Of the control. */
  readonly id: string;
  readonly help: ReactNode;
  readonly error: string | null | undefined;
}): ReactElement | null {
  if (error) {
    return (
      <p className="ofs-error" id={`${id}-help`}>
        <Icon name="error" />
        <span>{error}</span>
      </p>
    );
  }
  if (!help) return null;
  return (
    <p className="ofs-help" id={`${id}-help`}>
      {help}
    </p>
  );
}
