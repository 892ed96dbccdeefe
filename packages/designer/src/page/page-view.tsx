import { type Component, localize } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { AskDialog } from "./ask-dialog.tsx";
import { controlGroups } from "./control-groups.ts";
import { ModalDialog } from "./modal-dialog.tsx";
import type { ControlSurroundings } from "./page-control.tsx";
import { PageGroup } from "./page-group.tsx";
import { pageMessages } from "./page-messages.ts";
import { readScope } from "./page-scope.ts";
import type { PageSession } from "./page-session.ts";
import { primaryButton } from "./primary-button.ts";
import type { PageRun } from "./use-page-run.ts";

interface PageViewProps {
  readonly component: Component;
  readonly page: PageRun;
  readonly locale: string;
  readonly session: PageSession;
  /** Default `system`. */
  readonly theme?: "light" | "dark" | "system" | undefined;
}

/** A component's page as its state says; it runs nothing itself. */
export function PageView({ component, page, locale, session, theme = "system" }: PageViewProps): ReactElement {
  const { state } = page;
  const messages = pageMessages(locale);
  const groups = controlGroups(component.page.controls);
  const primary = primaryButton(groups, state);
  const expiresAt = readScope(state.scope, "oneTimeCode.expiresAt");
  const busy = state.phase.kind === "running";
  const surroundings: ControlSurroundings = {
    component,
    locale,
    messages,
    testMode: session.testMode,
    expiresAt: typeof expiresAt === "string" ? expiresAt : null,
    busy,
    values: state.values,
    onType: page.type,
  };
  const run = (dataflowId: string) => void page.run(dataflowId);
  return (
    <div className="onceflow-page" lang={locale} data-theme={theme === "system" ? undefined : theme}>
      {session.testMode && (
        <p className="ofp-strip" role="note">
          <span>
            <b>{messages.testMode}</b> {messages.codesShow}
          </span>
        </p>
      )}
      <div className="ofp-page" inert={state.modal !== null}>
        <header className="ofp-head">
          <span className="ofp-brand" aria-hidden="true">
            {Array.from(session.clientName.trim())[0]?.toUpperCase() ?? "·"}
          </span>
          {session.clientName}
        </header>
        <div className="ofp-main">
          <div className="ofp-panel" aria-busy={busy}>
            <h1>{localize(component.name, locale)}</h1>
            {session.userName !== null && <p className="ofp-sub">{messages.signedInAs(session.userName)}</p>}
            {groups.map((group, index) => (
              <PageGroup
                key={group.key}
                group={group}
                state={state}
                primary={index === primary}
                surroundings={surroundings}
                onRun={run}
                onComplain={page.complain}
              />
            ))}
          </div>
        </div>
      </div>
      {state.modal && !state.ask && (
        <ModalDialog modal={state.modal} surroundings={surroundings} onClose={page.closeModal} onDataflow={run} />
      )}
      {state.ask && (
        <AskDialog
          // A new question is a new form: its focus and its countdowns start anew.
          key={state.ask.question.token}
          ask={state.ask}
          surroundings={surroundings}
          onAnswer={(outcome) => void page.answer(outcome)}
        />
      )}
    </div>
  );
}
