import { ComponentPage } from "@onceflow/designer/page";
import type { Component } from "@onceflow/step-runtime";
import { localize } from "@onceflow/step-runtime";
import "@onceflow/designer/page.css";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { loadComponent } from "../api/component-api.ts";
import { createServerRun } from "../api/create-server-run.ts";
import { LoadingNote } from "../preferences/loading-note.tsx";
import { useLoaded } from "../preferences/use-loaded.ts";
import { PreferenceControls } from "../preferences/preference-controls.tsx";
import { type Preferences, usePreferences } from "../preferences/use-preferences.ts";
import { type DemoChoices, type DemoSession, loadChoices, loadSession } from "../session/session-api.ts";
import { SessionBar } from "../session/session-bar.tsx";
import "../demo-page.css";
import "./run-page.css";

interface RunPageData {
  readonly component: Component;
  readonly choices: DemoChoices;
  readonly session: DemoSession;
}

async function load(): Promise<RunPageData> {
  const id = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const session = await loadSession();
  const [{ component }, choices] = await Promise.all([loadComponent(id, "published"), loadChoices()]);
  return { component, choices, session };
}

/** The end-user page of the component that the address names. */
export function RunPage(): ReactElement {
  const preferences = usePreferences();
  const loaded = useLoaded(load);
  if (loaded.state !== "loaded") return <LoadingNote loaded={loaded} locale={preferences.locale} />;
  return <LoadedRunPage data={loaded.value} preferences={preferences} />;
}

function LoadedRunPage({ data, preferences }: { data: RunPageData; preferences: Preferences }): ReactElement {
  const { component, choices } = data;
  const { locale, dark } = preferences;
  const [session, setSession] = useState(data.session);
  const runner = useMemo(() => createServerRun({ csrfToken: session.csrfToken }), [session.csrfToken]);
  useEffect(() => {
    document.title = localize(component.name, locale);
  }, [component, locale]);
  return (
    <>
      <SessionBar session={session} choices={choices} onSession={setSession} locale={locale}>
        <PreferenceControls {...preferences} />
      </SessionBar>
      <main className="run-page">
        <ComponentPage
          // A new session starts with an empty page: what was typed or shown belongs to the one before.
          key={session.csrfToken}
          component={component}
          runner={runner}
          locale={locale}
          theme={dark ? "dark" : "light"}
          session={{
            userName: session.user?.userName ?? null,
            clientName: session.client.name,
            testMode: session.testMode,
          }}
        />
      </main>
    </>
  );
}
