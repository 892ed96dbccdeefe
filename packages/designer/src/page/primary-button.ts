import type { ControlGroup } from "./control-groups.ts";
import type { PageState } from "./page-state.ts";

/** Which group's button is the one to press next: one at a time, -1 when there is none. */
export function primaryButton(groups: readonly ControlGroup[], { phase, modal }: PageState): number {
  const buttons = groups.flatMap(({ button }, index) => (button?.dataflow === undefined ? [] : [index]));
  const first = buttons[0] ?? -1;
  if (phase.kind === "idle") return first;
  const pressed = buttons.findIndex((index) => groups[index]?.button?.dataflow === phase.dataflowId);
  const here = buttons[pressed] ?? first;
  if (phase.kind !== "answered") return here;
  switch (phase.answer.kind) {
    case "confirmed":
    case "dead-code":
      return first;
    case "shown":
    case "response":
      // The page stays as it was while the modal is read.
      return modal ? here : (buttons[pressed + 1] ?? here);
    default:
      return here;
  }
}
