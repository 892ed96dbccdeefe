import { type ReactElement, type ReactNode, useState } from "react";
import { type DemoLocale, demoTexts } from "../preferences/demo-texts.ts";
import { type DemoChoices, type DemoSession, signIn } from "./session-api.ts";
import "./session-bar.css";

/** Where one chooses who the page acts as: a change of person or client starts a new session. */
export function SessionBar({
  session,
  choices,
  onSession,
  locale,
  children,
}: {
  readonly session: DemoSession;
  readonly choices: DemoChoices;
  readonly onSession: (session: DemoSession) => void;
  readonly locale: DemoLocale;
  /** Further controls, at the end. */
  readonly children?: ReactNode;
}): ReactElement {
  const [failure, setFailure] = useState<string | null>(null);
  const [changing, setChanging] = useState(false);
  const texts = demoTexts(locale);

  function change(as: { userName?: string | null; clientId?: string }): void {
    setFailure(null);
    setChanging(true);
    signIn({ userName: session.user?.userName ?? null, clientId: session.client.id, ...as }, session).then(
      (started) => {
        // Together with the new session's empty page: until then what is typed belongs to the old one.
        setChanging(false);
        onSession(started);
      },
      (error: unknown) => {
        setChanging(false);
        setFailure(error instanceof Error ? error.message : texts.signInFailed);
      },
    );
  }

  return (
    <nav className="session-bar" aria-label={texts.demo} aria-busy={changing}>
      <label>
        {texts.signedInAs}
        <select
          value={session.user?.userName ?? ""}
          onChange={({ target }) => change({ userName: target.value || null })}
        >
          <option value="">{texts.nobody}</option>
          {choices.users.map(({ userName }) => (
            <option key={userName}>{userName}</option>
          ))}
        </select>
      </label>
      <label>
        {texts.client}
        <select value={session.client.id} onChange={({ target }) => change({ clientId: target.value })}>
          {choices.clients.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {failure !== null && <span role="alert">{failure}</span>}
      <span className="session-bar-rest">
        <a href="/">{texts.designer}</a>
        <a href="/run/for-test-code">{texts.endUserPage}</a>
        <a href="/api/components/for-test-code?download">{texts.download}</a>
        {children}
      </span>
    </nav>
  );
}
