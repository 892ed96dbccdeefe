import { type Control, localize } from "@onceflow/step-runtime";
import { type FormEvent, type ReactElement, useEffect, useRef } from "react";
import { AnswerNotice } from "./answer-notice.tsx";
import { clockTime } from "./clock-time.ts";
import type { ControlGroup } from "./control-groups.ts";
import { mayTakeFocus } from "./may-take-focus.ts";
import { PageButton } from "./page-button.tsx";
import { type ControlSurroundings, PageControl } from "./page-control.tsx";
import { PageIcon } from "./page-icon.tsx";
import { messageShows, readScope } from "./page-scope.ts";
import type { PageState } from "./page-state.ts";
import { RunProgress } from "./run-progress.tsx";

interface PageGroupProps {
  readonly group: ControlGroup;
  readonly state: PageState;
  readonly primary: boolean;
  readonly surroundings: ControlSurroundings;
  readonly onRun: (dataflowId: string) => void;
  readonly onComplain: (dataflowId: string, definition: string) => void;
}

/** Fields, the button that sends them, and below it what came of it. */
export function PageGroup({ group, state, primary, surroundings, onRun, onComplain }: PageGroupProps): ReactElement {
  const { component, locale, messages, busy, values } = surroundings;
  const { phase, scope } = state;
  const dataflowId = group.button?.dataflow;
  const dataflow = component.dataflows.find(({ id }) => id === dataflowId);
  const mine = phase.kind !== "idle" && phase.dataflowId === dataflowId;
  const codeField =
    group.controls.findLast(({ type, inputMode }) => type === "text-field" && inputMode === "one-time-code") ??
    group.controls.findLast(({ type }) => type === "text-field");

  const complaint = mine && !state.edited ? complaintOf() : null;
  const field = useRef<HTMLInputElement>(null);
  const takesFocus = complaint !== null && !(phase.kind === "answered" && phase.answer.kind === "dead-code");
  const { answers } = state;
  useEffect(() => {
    const input = field.current;
    // The same complaint a second time takes the focus as the first did.
    if (answers > 0 && takesFocus && input && mayTakeFocus(input.ownerDocument)) input.focus();
  }, [takesFocus, answers]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !dataflow) return;
    const empty = group.controls.find(
      (control) => needsValue(control) && (values[control.definition ?? ""] ?? "").trim() === "",
    );
    if (empty) onComplain(dataflow.id, empty.definition ?? "");
    else onRun(dataflow.id);
  }

  return (
    <form className="ofp-group" onSubmit={submit} noValidate>
      {group.controls.map((control, index) => {
        if (control.type === "message" && !messageShows(control.when, scope)) return null;
        const about =
          complaint && complaint.definition === control.definition && control.type === "text-field"
            ? complaint.text
            : null;
        return (
          <PageControl
            key={index}
            control={control}
            value={valueOf(control)}
            error={about}
            inputRef={about || control === codeField ? field : undefined}
            surroundings={surroundings}
          />
        );
      })}
      {complaint && !codeField && (
        <p className="ofp-error" role="alert">
          <PageIcon name="error" />
          <span>{complaint.text}</span>
        </p>
      )}
      {group.button && (
        <PageButton
          type="submit"
          primary={primary}
          busy={mine && phase.kind === "running"}
          disabled={!dataflow || (busy && !mine)}
          title={dataflow ? undefined : messages.noDataflow}
        >
          {localize(group.button.label ?? dataflow?.name ?? "", locale)}
        </PageButton>
      )}
      {mine && phase.kind === "running" && dataflow && (
        <RunProgress dataflow={dataflow} run={phase.run} locale={locale} messages={messages} />
      )}
      {mine && phase.kind === "answered" && (
        <AnswerNotice
          answer={phase.answer}
          component={component}
          dataflow={dataflow}
          locale={locale}
          messages={messages}
        />
      )}
      {mine && phase.kind === "unreachable" && (
        <div className="ofp-result ofp-bad" role="alert">
          <p className="ofp-result-title">
            <PageIcon name="error" />
            <b>{messages.unreachable}</b>
            <button type="submit" className="ofp-link">
              {messages.tryAgain}
            </button>
          </p>
        </div>
      )}
    </form>
  );

  function complaintOf(): { readonly definition: string; readonly text: string } | null {
    if (phase.kind === "incomplete") {
      const control = group.controls.find(({ definition }) => definition === phase.definition);
      return {
        definition: phase.definition,
        text: control?.inputMode === "one-time-code" ? messages.enterCode : messages.fillIn,
      };
    }
    if (phase.kind !== "answered") return null;
    const definition = codeField?.definition ?? "";
    if (phase.answer.kind === "dead-code") return { definition, text: messages.deadCode };
    if (phase.answer.kind !== "wrong-code") return null;
    const time = phase.answer.retryAt && clockTime(phase.answer.retryAt, locale);
    return { definition, text: time ? messages.waitUntil(time) : messages.wrongCode };
  }

  function needsValue({ type, inputMode, definition }: Control): boolean {
    if (type !== "text-field") return false;
    return (
      inputMode === "one-time-code" ||
      component.definitions.some(({ name, required }) => name === definition && required === true)
    );
  }

  function valueOf({ type, definition, until }: Control): unknown {
    if (type === "countdown") return until === undefined ? null : readScope(scope, until);
    if (definition === undefined) return undefined;
    return readScope(scope, `data[${JSON.stringify(definition)}]`);
  }
}
