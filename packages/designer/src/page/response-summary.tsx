import { type Component, type JsonValue, localize, secretMask } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { PageIcon } from "./page-icon.tsx";
import type { PageMessages } from "./page-messages.ts";
import { isObject } from "./read-answer.ts";

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

interface ResponseSummaryProps {
  readonly value: JsonValue;
  readonly status: number;
  readonly component: Component;
  readonly locale: string;
  readonly messages: PageMessages;
}

/** A response that the page has no words for: its values by name, what is deeper folded away. */
export function ResponseSummary({ value, status, component, locale, messages }: ResponseSummaryProps): ReactElement {
  const refused = status >= 400;
  const rows = isObject(value) ? Object.entries(value).map(([key, cell]) => ({ key, ...known(key), cell })) : [];
  const deep = !isObject(value) ? value !== null : rows.some(({ cell }) => typeof cell === "object" && cell !== null);
  return (
    <section className={refused ? "ofp-result ofp-bad" : "ofp-result"} role="status">
      <p className="ofp-result-title">
        <PageIcon name={refused ? "error" : "done"} />
        <b>{refused ? messages.runFailed : messages.done}</b>
        <span>{messages.response(status)}</span>
      </p>
      {rows.length > 0 && (
        <dl>
          {rows.map(({ key, title, secret, cell }) => (
            <div key={key}>
              <dt>{title}</dt>
              <dd>{secret && cell !== null ? secretMask : brief(cell)}</dd>
            </div>
          ))}
        </dl>
      )}
      {deep && (
        <details>
          <summary>
            <PageIcon name="chevron" />
            {messages.details}
          </summary>
          <pre>
            {JSON.stringify(value, (key, cell: unknown) => (known(key).secret && cell !== null ? secretMask : cell), 2)}
          </pre>
        </details>
      )}
    </section>
  );

  function known(key: string): { readonly title: string; readonly secret: boolean } {
    const definition = component.definitions.find(({ name }) => name === key);
    const secret = definition?.secret === true || (key === "proof" && signsProof(component));
    return { title: localize(definition?.title ?? key, locale), secret };
  }

  function brief(cell: JsonValue): string {
    if (cell === null || cell === "") return messages.nothing;
    if (typeof cell === "boolean") return cell ? messages.yes : messages.no;
    if (typeof cell === "object") return Array.isArray(cell) ? `[${cell.length}]` : "{…}";
    const text = String(cell);
    return isoTime.test(text)
      ? new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text))
      : text;
  }
}

/** Whoever holds a signed proof is believed to be the user: it is for the application, not for the screen. */
function signsProof({ dataflows }: Component): boolean {
  const steps = dataflows.flatMap(({ stages }) => stages.flatMap((stage) => stage.steps));
  return steps.some(({ type, settings }) => type === "write-response" && settings?.["proof"] === true);
}
