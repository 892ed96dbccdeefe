import "@onceflow/designer/page.css";
import { type ReactElement, useEffect, useState } from "react";
import { LoadingNote } from "../preferences/loading-note.tsx";
import { PreferenceControls } from "../preferences/preference-controls.tsx";
import { useLoaded } from "../preferences/use-loaded.ts";
import { type Preferences, usePreferences } from "../preferences/use-preferences.ts";
import { type DemoChoices, type DemoSession, loadChoices, loadSession } from "../session/session-api.ts";
import { SessionBar } from "../session/session-bar.tsx";
import "../demo-page.css";
import "./audit-page.css";
import { auditTexts } from "./audit-texts.ts";
import { AuditView } from "./audit-view.tsx";

interface AuditPageData {
  readonly choices: DemoChoices;
  readonly session: DemoSession;
}

async function load(): Promise<AuditPageData> {
  const session = await loadSession();
  return { session, choices: await loadChoices() };
}

/** The operator's page: what happened to codes, mails and limits, and a way to let a user try again. */
export function AuditPage(): ReactElement {
  const preferences = usePreferences();
  const loaded = useLoaded(load);
  if (loaded.state !== "loaded") return <LoadingNote loaded={loaded} locale={preferences.locale} />;
  return <LoadedAuditPage data={loaded.value} preferences={preferences} />;
}

function LoadedAuditPage({ data, preferences }: { data: AuditPageData; preferences: Preferences }): ReactElement {
  const { locale, dark } = preferences;
  const [session, setSession] = useState(data.session);
  const texts = auditTexts(locale);
  useEffect(() => {
    document.title = `${texts.title} · Onceflow`;
  }, [texts]);
  return (
    <>
      <SessionBar session={session} choices={data.choices} onSession={setSession} locale={locale}>
        <PreferenceControls {...preferences} />
      </SessionBar>
      <main className="onceflow-page audit-page" lang={locale} data-theme={dark ? "dark" : "light"}>
        <AuditView
          // Another session may be allowed something else.
          key={session.csrfToken}
          session={session}
          clients={data.choices.clients}
          locale={locale}
          texts={texts}
        />
      </main>
    </>
  );
}
