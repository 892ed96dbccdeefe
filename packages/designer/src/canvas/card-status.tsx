import type { ReactElement } from "react";
import type { IssueSeverity } from "@onceflow/step-runtime";
import { Icon } from "../theme/icon.tsx";
import type { StepRunMark } from "./step-run-mark.ts";

/** The one mark in a card's corner: the worst thing first. The card's name says it in words. */
export function CardStatus({
  refused,
  severity,
  run,
}: {
  readonly refused: boolean;
  readonly severity: IssueSeverity | undefined;
  readonly run: StepRunMark["status"] | undefined;
}): ReactElement | null {
  if (refused) return mark("quiet", <Icon name="close" />);
  if (severity === "error" || run === "failed") return mark("error", <Icon name="error" />);
  if (severity === "warning") return mark("warning", <Icon name="warning" />);
  if (run === "running") return mark("running", <i className="of-spinner" />);
  if (run === "done") return mark("done", <Icon name="check" />);
  return null;
}

function mark(kind: string, icon: ReactElement): ReactElement {
  return (
    <span className="of-card-status" data-kind={kind}>
      {icon}
    </span>
  );
}
