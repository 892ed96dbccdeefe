import type { Component, DataflowRunner } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import type { PageSession } from "./page-session.ts";
import { PageView } from "./page-view.tsx";
import { type PageRunHooks, usePageRun } from "./use-page-run.ts";

/** What {@link ComponentPage} is given. */
export interface ComponentPageProps extends PageRunHooks {
  readonly component: Component;
  /** Runs the dataflows of the page's buttons; its calls share a session. */
  readonly runner: DataflowRunner;
  /** BCP 47; texts exist in English and French. */
  readonly locale: string;
  readonly session: PageSession;
  /** @default "system" */
  readonly theme?: "light" | "dark" | "system";
}

/**
 * A component's page for the end user: its controls, the runs they start, the modal and the answer in words.
 * Needs `@onceflow/designer/page.css`.
 */
export function ComponentPage({
  component,
  runner,
  locale,
  session,
  theme,
  onRunStart,
  onEvent,
  onResult,
}: ComponentPageProps): ReactElement {
  const page = usePageRun(component, runner, {
    ...(onRunStart && { onRunStart }),
    ...(onEvent && { onEvent }),
    ...(onResult && { onResult }),
  });
  return <PageView component={component} page={page} locale={locale} session={session} theme={theme} />;
}
