import { FlowDesigner } from "@onceflow/designer";
import "@onceflow/designer/styles.css";
import { builtInSteps, createStepRegistry } from "@onceflow/step-runtime";
import type { Component } from "@onceflow/step-runtime";
import { type ReactElement, useMemo, useRef, useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { loadComponent, type LoadedComponent, publishComponent, saveComponent } from "../api/component-api.ts";
import { demoTexts } from "../preferences/demo-texts.ts";
import { LoadingNote } from "../preferences/loading-note.tsx";
import { useLoaded } from "../preferences/use-loaded.ts";
import { type Preferences, usePreferences } from "../preferences/use-preferences.ts";
import { type DemoChoices, type DemoSession, loadChoices, loadSession } from "../session/session-api.ts";
import { SessionBar } from "../session/session-bar.tsx";
import { createPreviewRun } from "./create-preview-run.ts";
import "../demo-page.css";
import "./designer-page.css";

const steps = createStepRegistry(builtInSteps);

interface DesignerPageData {
  readonly loaded: LoadedComponent;
  readonly choices: DemoChoices;
  readonly session: DemoSession;
}

async function load(): Promise<DesignerPageData> {
  const id = new URLSearchParams(location.search).get("component") ?? "for-test-code";
  const session = await loadSession();
  const [loaded, choices] = await Promise.all([loadComponent(id, "draft"), loadChoices()]);
  return { loaded, choices, session };
}

/** The designer with a component of the server, `?component=` or ForTestCode, beside its live preview. */
export function DesignerPage(): ReactElement {
  const preferences = usePreferences();
  const loaded = useLoaded(load);
  if (loaded.state !== "loaded") return <LoadingNote loaded={loaded} locale={preferences.locale} />;
  return <LoadedDesignerPage data={loaded.value} preferences={preferences} />;
}

function LoadedDesignerPage({ data, preferences }: { data: DesignerPageData; preferences: Preferences }): ReactElement {
  const { locale, setLocale, dark, setDark } = preferences;
  const [session, setSession] = useState(data.session);
  const [component, setComponent] = useState(data.loaded.component);
  const [refusal, setRefusal] = useState<string | null>(null);
  // An imported component may have another id, which the server may not have yet.
  const etags = useRef(new Map([[data.loaded.component.id, data.loaded.etag]]));
  const run = useMemo(() => createPreviewRun(session), [session]);
  const signedIn = useMemo(
    () => ({ userName: session.user?.userName ?? null, clientName: session.client.name, testMode: session.testMode }),
    [session],
  );

  async function save(edited: Component): Promise<void> {
    setRefusal(null);
    try {
      const { csrfToken } = session;
      const etag = await saveComponent(edited, { etag: etags.current.get(edited.id), csrfToken });
      // Kept before it is published: who saves again after a failure starts from what is stored.
      etags.current.set(edited.id, etag);
      await publishComponent(edited.id, { etag, csrfToken });
    } catch (error) {
      const conflict = error instanceof ApiProblem && error.code === "version-conflict";
      const { taken, conflict: changed } = demoTexts(locale);
      if (conflict) setRefusal(etags.current.has(edited.id) ? changed : taken);
      else setRefusal(error instanceof Error ? error.message : changed);
      throw error;
    }
  }

  return (
    <div className="designer-page">
      <SessionBar session={session} choices={data.choices} onSession={setSession} locale={locale} />
      {refusal !== null && (
        <p className="designer-page-refusal" role="alert">
          {refusal}
        </p>
      )}
      <div className="designer-page-designer">
        <FlowDesigner
          component={component}
          onChange={setComponent}
          steps={steps}
          run={run}
          onSave={save}
          clients={data.choices.clients}
          session={signedIn}
          locale={locale}
          onLocaleChange={setLocale}
          colorScheme={dark ? "dark" : "light"}
          onColorSchemeChange={(scheme) => setDark(scheme === "dark")}
        />
      </div>
    </div>
  );
}
