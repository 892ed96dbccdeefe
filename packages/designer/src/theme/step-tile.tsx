import type { ReactElement } from "react";
import type { StepType } from "@onceflow/step-runtime";
import { iconPaths } from "./icon-paths.ts";

/** The tile with a step type's glyph in the colour of its group; `?` for an unknown type. */
export function StepTile({ type }: { readonly type: Pick<StepType, "group" | "icon"> | undefined }): ReactElement {
  return (
    <span className="of-tile" data-group={type?.group ?? "unknown"}>
      <svg className="of-icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={type?.icon ?? iconPaths.unknown} />
      </svg>
    </span>
  );
}
