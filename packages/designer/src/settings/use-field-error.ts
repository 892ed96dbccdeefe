import { type FocusEvent, useState } from "react";
import { useView } from "../store/designer-context.tsx";
import { stepPath } from "../store/view-store.ts";

/** What validation says of one part of the selected step, and when to say it. */
export interface FieldError {
  readonly error: string | null;
  /** For the element around the control. */
  readonly watch: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
}

/** The first problem under `/settings/<key>`, `/sources` or `/name`. While a person is in the field it waits; a fresh step is asked nothing before it was touched. */
export function useFieldError(stepKey: string, part: string): FieldError {
  const [inside, setInside] = useState(false);
  const [left, setLeft] = useState(false);
  const issue = useView(({ activeDataflow, stepIssues }) =>
    stepIssues[stepPath(activeDataflow, stepKey)]?.find(
      ({ pointer, severity }) => severity !== "hint" && concerns(pointer, part),
    ),
  );
  const fresh = useView((view) => view.fresh.has(stepPath(view.activeDataflow, stepKey)));
  return {
    error: issue && !inside && (left || !fresh) ? issue.message : null,
    watch: {
      // A button of the field (a chip, the path picker) is no typing: the field was left for it.
      onFocus(event) {
        if (isTextControl(event.target)) setInside(true);
      },
      onBlur(event) {
        if (!isTextControl(event.target)) return;
        setInside(false);
        setLeft(true);
      },
    },
  };
}

function concerns(pointer: string, part: string): boolean {
  // …/steps/3/settings/userName/$path: what follows the step's own pointer.
  const inStep = /\/steps\/\d+(\/.*)?$/.exec(pointer)?.[1] ?? "";
  return inStep === part || inStep.startsWith(`${part}/`);
}

function isTextControl(element: Element): boolean {
  return element.matches("input, textarea, [contenteditable]");
}
