import type { ReactElement } from "react";
import type { IconName } from "./icon-paths.ts";
import { Icon } from "./icon.tsx";

/** An icon to press inside a panel or in its head; the browser's own tooltip shows its name. */
export function PanelIconButton({
  icon,
  name,
  label = name,
  pressed,
  onClick,
}: {
  readonly icon: IconName;
  readonly name: string;
  /** What a screen reader says, where the name alone would not tell. @default name */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}): ReactElement {
  return (
    <button
      type="button"
      className="ofs-icon-button"
      aria-pressed={pressed}
      title={name}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
