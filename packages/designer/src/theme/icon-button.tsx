import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

/** A button that is an icon: it has a name, which the tooltip shows with its key. */
export function IconButton({
  icon,
  name,
  keys,
  small = false,
  disabled = false,
  pressed,
  onClick,
}: {
  readonly icon: IconName;
  readonly name: string;
  readonly keys?: string;
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}): ReactElement {
  return (
    <Tooltip
      label={
        <>
          {name}
          {keys ? <kbd>{keys}</kbd> : null}
        </>
      }
    >
      {/* aria-disabled keeps the button in reach, so that its tooltip can still be read. */}
      <button
        type="button"
        className={small ? "of-button of-icon-only of-small" : "of-button of-icon-only"}
        aria-label={name}
        aria-disabled={disabled || undefined}
        aria-pressed={pressed}
        onClick={() => {
          if (!disabled) onClick();
        }}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
