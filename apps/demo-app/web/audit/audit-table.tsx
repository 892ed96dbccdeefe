import type { ReactElement } from "react";
import type { AuditEntry } from "./audit-api.ts";
import { AuditRow, type AuditRowActions } from "./audit-row.tsx";
import "./audit-table.css";
import type { AuditTexts } from "./audit-texts.ts";
import type { AuditTimes } from "./audit-times.ts";

/** The entries, newest first, under the days on which they were written. */
export function AuditTable({
  entries,
  texts,
  times,
  onFilter,
  onUnlock,
}: AuditRowActions & {
  readonly entries: readonly AuditEntry[];
  readonly texts: AuditTexts;
  readonly times: AuditTimes;
}): ReactElement {
  const days = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const day = times.day(entry.atMs);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <table className="audit-table">
      <caption className="ofp-spoken">{texts.title}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.time}</th>
          <th scope="col">{texts.event}</th>
          <th scope="col">{texts.who}</th>
          <th scope="col">{texts.trace}</th>
        </tr>
      </thead>
      {[...days].map(([day, ofDay]) => (
        <tbody key={day}>
          <tr className="audit-day">
            <th colSpan={4} scope="rowgroup">
              {day}
            </th>
          </tr>
          {ofDay.map((entry) => (
            <AuditRow
              key={entry.seq}
              entry={entry}
              texts={texts}
              times={times}
              onFilter={onFilter}
              onUnlock={onUnlock}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}
