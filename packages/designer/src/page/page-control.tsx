import { type Component, type Control, localize, type ModalControlView } from "@onceflow/step-runtime";
import type { ReactElement, RefObject } from "react";
import { Countdown } from "./countdown.tsx";
import { LabelControl } from "./label-control.tsx";
import { PageField } from "./page-field.tsx";
import type { PageMessages } from "./page-messages.ts";

/** What every control of a page or modal needs to know. */
export interface ControlSurroundings {
  readonly component: Component;
  readonly locale: string;
  readonly messages: PageMessages;
  readonly testMode: boolean;
  readonly expiresAt: string | null;
  readonly busy: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly onType: (definition: string, value: string) => void;
}

interface PageControlProps {
  /** Buttons are not among them: what they do depends on where they stand. */
  readonly control: Control | ModalControlView;
  /** What a label or countdown shows. */
  readonly value: unknown;
  readonly error?: string | null;
  readonly inputRef?: RefObject<HTMLInputElement | null> | undefined;
  readonly surroundings: ControlSurroundings;
}

/** One control of a page or modal. */
export function PageControl({
  control,
  value,
  error = null,
  inputRef,
  surroundings,
}: PageControlProps): ReactElement | null {
  const { component, locale, messages, testMode, expiresAt, busy, values, onType } = surroundings;
  const known = control as Control;
  const name = known.definition ?? "";
  const definition = component.definitions.find((one) => one.name === name);
  const label = known.label === undefined ? "" : localize(known.label, locale);
  switch (control.type) {
    case "label":
      return (
        <LabelControl
          control={known}
          value={value}
          definition={definition}
          testMode={testMode}
          expiresAt={expiresAt}
          locale={locale}
          messages={messages}
        />
      );
    case "text-field":
      return (
        <PageField
          label={label || localize(definition?.title ?? name, locale)}
          inputMode={known.inputMode}
          letters={codesHaveLetters(component)}
          value={values[name] ?? ""}
          error={error}
          readOnly={busy}
          inputRef={inputRef}
          onChange={(text) => onType(name, text)}
        />
      );
    case "message":
      return (
        <p className="ofp-message" role="status">
          {localize(known.text ?? known.label ?? "", locale)}
        </p>
      );
    case "countdown":
      return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? (
        <Countdown label={label} until={value} messages={messages} />
      ) : null;
    default:
      return <p className="ofp-unknown">{messages.unknownControl(control.type)}</p>;
  }
}

/** A number pad cannot type letters. */
function codesHaveLetters(component: Component): boolean {
  return component.dataflows.some((dataflow) =>
    dataflow.stages.some((stage) => stage.steps.some((step) => step.settings?.["alphabet"] === "unambiguous30")),
  );
}
