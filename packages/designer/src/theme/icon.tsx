import type { ReactElement } from "react";
import { type IconName, iconPaths } from "./icon-paths.ts";

/** An icon of the designer; it says nothing to a screen reader, the control around it does. */
export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }): ReactElement {
  return (
    <svg className={className ? `of-icon ${className}` : "of-icon"} viewBox="0 0 16 16" aria-hidden="true">
      <path d={iconPaths[name]} />
    </svg>
  );
}
