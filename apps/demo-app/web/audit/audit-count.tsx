import type { ReactElement } from "react";
import type { AuditTexts } from "./audit-texts.ts";
import type { AuditTimes } from "./audit-times.ts";
import type { AuditTrail } from "./use-audit-trail.ts";

/** How much of the trail stands there, and as of when; a screen reader hears of it when it changes. */
export function AuditCount({
  trail,
  texts,
  times,
}: {
  readonly trail: AuditTrail;
  readonly texts: AuditTexts;
  readonly times: AuditTimes;
}): ReactElement {
  const { entries, added, failure, readAtMs } = trail;
  const news =
    entries === null
      ? failure === null && texts.loading
      : [texts.shown(entries.length), ...(added > 0 ? [texts.fresh(added)] : [])].join(" · ");
  return (
    <p className="audit-count">
      <span role="status">{news}</span>
      {/* Not of the status: a live trail would say the time every few seconds. */}
      {entries !== null && ` · ${texts.readAt(times.time(readAtMs))}`}
    </p>
  );
}
