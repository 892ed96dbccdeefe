import type { Component, Control, ModalControlView, ModalView } from "@onceflow/step-runtime";

/** A shown modal with the title and controls that the document has by now, and the values that the run gave. */
export function liveModal(shown: ModalView | null, component: Component): ModalView | null {
  const modal = component.modals.find(({ id }) => id === shown?.id);
  if (!shown || !modal) return shown;
  const controls = modal.controls.flatMap((control): readonly ModalControlView[] => {
    const before = shown.controls.find((one) => binding(one) === binding(control));
    // Whether a condition holds only a run can tell.
    if (control.when && !before) return [];
    const { when: _, ...rest } = control;
    if (before?.value !== undefined) return [{ ...rest, value: before.value }];
    return [control.definition !== undefined && control.type === "label" ? { ...rest, value: null } : rest];
  });
  return { ...shown, title: modal.title, controls };
}

function binding({ type, definition, until, action, dataflow }: Control | ModalControlView): string {
  return JSON.stringify([type, definition, until, action, dataflow]);
}
