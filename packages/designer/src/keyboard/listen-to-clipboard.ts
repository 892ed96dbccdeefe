import type { Designer } from "../store/designer-context.tsx";

/** Copies, cuts and pastes steps as JSON text, while neither a field nor a text selection wants the clipboard. */
export function listenToClipboard(root: HTMLElement, { actions, view, announce, t }: Designer): () => void {
  const isElsewhere = (event: ClipboardEvent) =>
    event.defaultPrevented ||
    (event.target as Element).closest("input, textarea, select, [contenteditable]") !== null ||
    root.ownerDocument.getSelection()?.isCollapsed === false;

  function onCopy(event: ClipboardEvent): boolean {
    if (isElsewhere(event)) return false;
    const text = actions.copyText();
    if (text === null || !event.clipboardData) return false;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    announce(t("announce.copied", { count: view.getState().selection.stepKeys.length }));
    return true;
  }
  function onCut(event: ClipboardEvent): void {
    if (onCopy(event)) actions.deleteSteps(view.getState().selection.stepKeys);
  }
  function onPaste(event: ClipboardEvent): void {
    if (isElsewhere(event)) return;
    if (actions.pasteText(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
  }

  root.addEventListener("copy", onCopy);
  root.addEventListener("cut", onCut);
  root.addEventListener("paste", onPaste);
  return () => {
    root.removeEventListener("copy", onCopy);
    root.removeEventListener("cut", onCut);
    root.removeEventListener("paste", onPaste);
  };
}
