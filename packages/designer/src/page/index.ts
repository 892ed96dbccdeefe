// the page
export { ComponentPage } from "./component-page.tsx";
export type { ComponentPageProps } from "./component-page.tsx";
export type { PageSession } from "./page-session.ts";

// its parts, for hosts that lay the page out themselves
export { DialogFrame } from "./dialog-frame.tsx";
export { ModalDialog } from "./modal-dialog.tsx";
export { pageMessages } from "./page-messages.ts";
export type { PageMessages } from "./page-messages.ts";
export type { PagePhase, PageState } from "./page-state.ts";
export { PageView } from "./page-view.tsx";
export { usePageRun } from "./use-page-run.ts";
export type { PageRun, PageRunHooks } from "./use-page-run.ts";
export { readAnswer } from "./read-answer.ts";
export type { Answer } from "./read-answer.ts";
