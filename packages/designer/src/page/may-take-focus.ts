/** Whether moving the focus here is what the person expects: a page in a frame must not take it from the page around. */
export function mayTakeFocus(document: Document): boolean {
  const view = document.defaultView;
  return view === null || view.parent === view || document.hasFocus();
}
