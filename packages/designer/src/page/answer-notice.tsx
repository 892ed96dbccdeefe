import { type Component, type Dataflow, localize, type RunError } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { PageIcon } from "./page-icon.tsx";
import type { PageMessages } from "./page-messages.ts";
import type { Answer } from "./read-answer.ts";
import { ResponseSummary } from "./response-summary.tsx";

interface AnswerNoticeProps {
  readonly answer: Answer;
  readonly component: Component;
  readonly dataflow: Dataflow | undefined;
  readonly locale: string;
  readonly messages: PageMessages;
}

/** What came of a run, in words; a wrong code is said at its field instead. */
export function AnswerNotice({
  answer,
  component,
  dataflow,
  locale,
  messages,
}: AnswerNoticeProps): ReactElement | null {
  switch (answer.kind) {
    case "confirmed":
      return (
        <div className="ofp-result ofp-good" role="status">
          <p className="ofp-result-title">
            <PageIcon name="done" />
            <b>{messages.confirmed}</b>
          </p>
          <p>{messages.confirmedHelp}</p>
        </div>
      );
    case "response":
      return (
        <ResponseSummary
          value={answer.value}
          status={answer.status}
          component={component}
          locale={locale}
          messages={messages}
        />
      );
    case "failed":
      return (
        <div className="ofp-result ofp-bad" role="alert">
          <p className="ofp-result-title">
            <PageIcon name="error" />
            <b>{title(answer.error)}</b>
          </p>
          {answer.error && <p>{answer.error.message}</p>}
          <p>{messages.whatToDo}</p>
        </div>
      );
    case "cancelled":
      return (
        <p className="ofp-result" role="status">
          {messages.cancelled}
        </p>
      );
    case "shown":
    case "wrong-code":
    case "dead-code":
      return null;
  }

  function title(error: RunError | null): string {
    const step = dataflow?.stages.flatMap((stage) => stage.steps).find(({ id }) => id === error?.stepId);
    return step ? messages.stepFailed(localize(step.name, locale)) : messages.runFailed;
  }
}
