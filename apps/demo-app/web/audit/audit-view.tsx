import { type ReactElement, useState } from "react";
import type { DemoLocale } from "../preferences/demo-texts.ts";
import type { DemoChoices, DemoSession } from "../session/session-api.ts";
import { addressOfFilter, type AuditFilter, countFilters, filterOfAddress, wholeTrail } from "./audit-filter.ts";
import { AuditCount } from "./audit-count.tsx";
import { AuditFilterForm } from "./audit-filter-form.tsx";
import { AuditNotice } from "./audit-notice.tsx";
import { AuditTable } from "./audit-table.tsx";
import type { AuditTexts } from "./audit-texts.ts";
import { auditTimes } from "./audit-times.ts";
import { UnlockDialog } from "./unlock-dialog.tsx";
import { useAuditTrail } from "./use-audit-trail.ts";
import { useOnline } from "./use-online.ts";

/** The trail with its filters, and the dialog that lets a user try again. */
export function AuditView({
  session,
  clients,
  locale,
  texts,
}: {
  readonly session: DemoSession;
  readonly clients: DemoChoices["clients"];
  readonly locale: DemoLocale;
  readonly texts: AuditTexts;
}): ReactElement {
  const [filter, setFilter] = useState(() => filterOfAddress(location.search));
  const [live, setLive] = useState(false);
  const [unlocking, setUnlocking] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const trail = useAuditTrail(filter, { live });
  const online = useOnline();
  const times = auditTimes(locale);
  const { entries } = trail;

  function show(next: AuditFilter): void {
    history.replaceState(null, "", addressOfFilter(location.search, next));
    setDone(null);
    setFilter(next);
  }

  function unlocked(userId: string): void {
    setUnlocking(null);
    setDone(texts.unlocked(userId));
    void trail.refresh();
  }

  return (
    <>
      <div className="audit-content" inert={unlocking !== null}>
        <header className="audit-head">
          <div>
            <h1>{texts.title}</h1>
            <p className="audit-lead">{texts.lead}</p>
          </div>
          <div className="audit-actions">
            <label className="audit-live">
              <input
                type="checkbox"
                role="switch"
                checked={live}
                aria-checked={live}
                onChange={({ target }) => setLive(target.checked)}
              />
              {texts.live}
            </label>
            <button
              type="button"
              className="ofp-button ofp-secondary audit-button"
              onClick={() => void trail.refresh()}
            >
              {texts.refresh}
            </button>
          </div>
        </header>

        <AuditFilterForm
          // The fields begin with what is shown, also when a click in the trail changed it.
          key={JSON.stringify(filter)}
          filter={filter}
          clients={clients}
          texts={texts}
          onShow={show}
        />

        <div className="audit-done" role="status">
          {done !== null && <p className="audit-note audit-good">{done}</p>}
        </div>
        <AuditNotice
          online={online}
          failure={trail.failure}
          stale={entries !== null}
          texts={texts}
          onRetry={trail.refresh}
        />

        <AuditCount trail={trail} texts={texts} times={times} />

        {entries === null && trail.failure === null && <div className="audit-skeleton" aria-hidden="true" />}
        {entries !== null && entries.length === 0 && (
          <div className="audit-empty">
            <h2>{countFilters(filter) > 0 ? texts.noMatch : texts.nothingYet}</h2>
            <p>{countFilters(filter) > 0 ? texts.noMatchHint : texts.nothingYetHint}</p>
            {countFilters(filter) > 0 && (
              <button type="button" className="ofp-button ofp-secondary audit-button" onClick={() => show(wholeTrail)}>
                {texts.clear}
              </button>
            )}
          </div>
        )}
        {entries !== null && entries.length > 0 && (
          <>
            <AuditTable
              entries={entries}
              texts={texts}
              times={times}
              onFilter={(part) => show({ ...filter, ...part })}
              onUnlock={setUnlocking}
            />
            {trail.hasOlder ? (
              <button
                type="button"
                className="ofp-button ofp-secondary audit-button audit-older"
                aria-disabled={trail.loadingOlder}
                aria-busy={trail.loadingOlder || undefined}
                onClick={() => trail.loadingOlder || void trail.loadOlder()}
              >
                {texts.older}
              </button>
            ) : (
              <p className="audit-end">{texts.end}</p>
            )}
          </>
        )}
      </div>
      {unlocking !== null && (
        <UnlockDialog
          userId={unlocking}
          session={session}
          texts={texts}
          onDone={() => unlocked(unlocking)}
          onCancel={() => setUnlocking(null)}
        />
      )}
    </>
  );
}
