import { type ReactElement, useState } from "react";
import { localize, type RunMessage } from "@onceflow/step-runtime";
import { useDesigner, useStep } from "../store/designer-context.tsx";

/** The messages of a run as their recipients would get them. */
export function RunMessages({ messages }: { readonly messages: readonly RunMessage[] }): ReactElement {
  return (
    <ol className="of-messages">
      {messages.map((message, index) => (
        <li key={index}>
          <Message message={message} />
        </li>
      ))}
    </ol>
  );
}

function Message({ message }: { readonly message: RunMessage }): ReactElement {
  const { locale, t } = useDesigner();
  const step = useStep(message.stepId);
  const [asHtml, setAsHtml] = useState(false);
  const { to, subject, text, html, at } = message;
  const showsHtml = html !== null && (asHtml || text === null);
  return (
    <article className="of-message">
      <header>
        <h3>{subject}</h3>
        {text !== null && html !== null && (
          <div className="of-segment" role="group" aria-label={t("run.messageAs")}>
            <button type="button" aria-pressed={!asHtml} onClick={() => setAsHtml(false)}>
              {t("run.messageText")}
            </button>
            <button type="button" aria-pressed={asHtml} onClick={() => setAsHtml(true)}>
              HTML
            </button>
          </div>
        )}
      </header>
      <p className="of-note">
        {[
          t("run.messageTo", { to }),
          step ? localize(step.name, locale) : message.stepId,
          new Date(at).toLocaleTimeString(locale, { hour12: false }),
        ].join(" · ")}
      </p>
      {showsHtml ? (
        // No token in the sandbox: no script, no form, no link and no origin. A mail is made for white paper.
        <iframe title={subject} sandbox="" srcDoc={`<meta name="color-scheme" content="light">${html}`} />
      ) : (
        <pre>{text}</pre>
      )}
    </article>
  );
}
