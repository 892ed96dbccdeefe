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

  async function change(as: { userName?: string | null; clientId?: string }): Promise<void> {
    setFailure(null);
    setChanging(true);
    try {
      // The bar stays busy until the new session's empty page stands: what is typed before belongs to the old one.
      onSession(
        await signIn({ userName: session.user?.userName ?? null, clientId: session.client.id, ...as }, session),
      );
    } catch (error) {
      setFailure(error instanceof Error ? error.message : texts.signInFailed);
    } finally {
      setChanging(false);
    }
  }

  return (
    <nav className="session-bar" aria-label={texts.demo} aria-busy={changing}>
      <label>
        {texts.signedInAs}
        <select
          value={session.user?.userName ?? ""}
          onChange={({ target }) => void change({ userName: target.value || null })}
        >
          <option value="">{texts.nobody}</option>
          {choices.users.map(({ userName }) => (
            <option key={userName}>{userName}</option>
          ))}
        </select>
      </label>
      <label>
        {texts.client}
        <select value={session.client.id} onChange={({ target }) => void change({ clientId: target.value })}>
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
        <a href="/run/sign-in-with-mailed-code">{texts.signInPage}</a>
        <a href="/inbox">{texts.inbox}</a>
        <a href="/audit">{texts.audit}</a>
        <a href="/docs">{texts.docs}</a>
        <a href="/api/components/for-test-code?download">{texts.download}</a>
        {children}
      </span>
    </nav>
  );
}
