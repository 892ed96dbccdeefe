import { localize } from "@onceflow/step-runtime";
import { type ReactElement, useEffect, useId, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { PageSession } from "../page/page-session.ts";
import { PageView } from "../page/page-view.tsx";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { liveModal } from "./live-modal.ts";
import { PortalBoundary } from "./portal-boundary.tsx";
import { PreviewEmpty } from "./preview-empty.tsx";
import { PreviewFrame } from "./preview-frame.tsx";
import { PreviewHeader } from "./preview-header.tsx";
import { PreviewMessages } from "./preview-messages.tsx";
import { previewStates } from "./preview-states.ts";
import { PreviewToolbar, type PreviewWidth } from "./preview-toolbar.tsx";
import { usePreviewPage } from "./use-preview-page.ts";
import { usePreviewReplay } from "./use-preview-replay.ts";
import { usePreviewWindow } from "./use-preview-window.ts";

/** The live preview: the end-user page over the unsaved component, run by the host's runner. */
export function PreviewColumn(): ReactElement {
  const { t, run, locale, colorScheme, session: given, document } = useDesigner();
  const component = useDocument(() => document.toComponent());
  const session: PageSession = given ?? {
    userName: null,
    clientName: localize(component.name, locale),
    testMode: false,
  };

  // The preview starts in the designer's own look and language, and keeps its own once a person chose.
  const [theme, setTheme] = useState<"light" | "dark" | null>(null);
  const [language, setLanguage] = useState<string | null>(null);
  const [width, setWidth] = useState<PreviewWidth>(360);
  const [stateId, setStateId] = useState("live");
  const [blocked, setBlocked] = useState(false);
  const pageTheme = theme ?? colorScheme;
  const pageLanguage = language ?? locale;

  const states = useMemo(() => previewStates(component, session.testMode), [component, session.testMode]);
  const page = usePreviewPage(component, () => setStateId("live"));
  const { status, playState } = usePreviewReplay(
    component,
    page,
    states,
    states.find(({ id }) => id === stateId) ?? null,
  );
  const popped = usePreviewWindow();
  const noteId = useId();

  // Another component was opened: nothing of the old page is true of it.
  const shownId = useRef(component.id);
  const { reset } = page;
  useEffect(() => {
    if (shownId.current === component.id) return;
    shownId.current = component.id;
    setStateId("live");
    reset();
  }, [component.id, reset]);

  const view = (
    <PageView
      component={component}
      page={{
        ...page,
        state: { ...page.state, modal: liveModal(page.state.modal, component) },
        run(dataflowId) {
          setStateId("live");
          return page.run(dataflowId);
        },
      }}
      locale={pageLanguage}
      session={session}
      theme={pageTheme}
    />
  );

  return (
    <section className="of-preview" aria-label={t("preview.title")} aria-describedby={noteId}>
      <PreviewHeader
        status={run ? status : null}
        dark={pageTheme === "dark"}
        language={pageLanguage}
        popped={popped.body !== null}
        onDark={() => setTheme(pageTheme === "dark" ? "light" : "dark")}
        onLanguage={() => setLanguage(pageLanguage.startsWith("fr") ? "en" : "fr")}
        onPop={() => (popped.body ? popped.close() : setBlocked(!popped.open(t("preview.title"))))}
      />
      {run ? (
        <>
          <PreviewToolbar
            states={states}
            stateId={stateId}
            width={width}
            onState={(state) => {
              setStateId(state?.id ?? "live");
              if (state) playState(state);
            }}
            onWidth={setWidth}
          />
          {popped.body ? (
            <>
              <PreviewEmpty
                title={t("preview.popped")}
                text={t("preview.poppedText")}
                action={t("preview.bringBack")}
                onAction={popped.close}
              />
              {createPortal(<PortalBoundary>{view}</PortalBoundary>, popped.body)}
            </>
          ) : (
            <PreviewFrame title={t("preview.frame")} width={width}>
              {view}
            </PreviewFrame>
          )}
          <PreviewMessages />
          <p className="of-preview-note" id={noteId} role="status">
            {blocked
              ? t("preview.blocked")
              : status.kind === "stale"
                ? t("preview.stale", { count: status.problems })
                : t("preview.note")}
          </p>
        </>
      ) : (
        <PreviewEmpty
          title={t("preview.noRunner")}
          text={t("preview.noRunnerText")}
          code="run={createBrowserRun({ scriptRunner, oneTimeCodes })}"
        />
      )}
    </section>
  );
}
