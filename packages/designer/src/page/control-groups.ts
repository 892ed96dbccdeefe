import type { Control } from "@onceflow/step-runtime";

/** What stands above a button, and the button: pressing it sends these fields. */
export interface ControlGroup {
  /** Stable while controls are edited in place. */
  readonly key: string;
  readonly controls: readonly Control[];
  readonly button: Control | null;
}

/** Cuts a page's controls after each button. A person reads them so: fill this in, then press that. */
export function controlGroups(controls: readonly Control[]): readonly ControlGroup[] {
  const groups: ControlGroup[] = [];
  let open: Control[] = [];
  for (const control of controls) {
    if (control.type === "button") {
      groups.push({ key: String(groups.length), controls: open, button: control });
      open = [];
    } else {
      open.push(control);
    }
  }
  if (open.length > 0) groups.push({ key: String(groups.length), controls: open, button: null });
  return groups;
}
