import type { ReactElement } from "react";
import type { AuditEntry } from "./audit-api.ts";
import { toneOf } from "./audit-events.ts";
import type { AuditFilter } from "./audit-filter.ts";
import type { AuditTexts } from "./audit-texts.ts";
import type { AuditTimes } from "./audit-times.ts";
import { asksForUnlock, describeDetails, nameOfEvent, shortId } from "./describe-entry.ts";

/** What a row asks of the page. */
export interface AuditRowActions {
  /** Shows only what has this in common. */
  readonly onFilter: (part: Partial<AuditFilter>) => void;
  readonly onUnlock: (userId: string) => void;
}

/** One entry: when, what and why, who, and the ids that lead to its neighbours. */
export function AuditRow({
  entry,
  texts,
  times,
  onFilter,
  onUnlock,
}: AuditRowActions & {
  readonly entry: AuditEntry;
  readonly texts: AuditTexts;
  readonly times: AuditTimes;
}): ReactElement {
  const { atMs, event, userId, clientId, purpose, runId, stepId, challengeId, ipClass } = entry;
  const details = describeDetails(entry, texts);
  const link = (name: "user" | "client" | "run" | "challenge", label: string, id: string, shown = id) => (
    <button
      type="button"
      className="audit-link"
      title={id}
      aria-label={texts.only(label, id)}
      onClick={() => onFilter({ [name]: id })}
    >
      {shown}
    </button>
  );
  return (
    <tr data-event={event}>
      <td className="audit-time">
        <time dateTime={new Date(atMs).toISOString()}>{times.time(atMs)}</time>
      </td>
      <td className="audit-what">
        <span className="audit-event" data-tone={toneOf(event)}>
          {nameOfEvent(event, texts)}
        </span>
        {details !== "" && <span className="audit-details">{details}</span>}
      </td>
      <td className="audit-who">
        <span className="audit-user">
          {userId === null
            ? clientId !== null && runId !== null && <i>{texts.nobody}</i>
            : link("user", texts.user, userId)}
        </span>
        <span className="audit-meta">
          {clientId !== null && link("client", texts.client, clientId)}
          {ipClass !== null && <span>{ipClass}</span>}
        </span>
        {userId !== null && asksForUnlock(entry) && (
          <button
            type="button"
            className="ofp-link audit-unlock"
            aria-label={texts.unlockUser(userId)}
            onClick={() => onUnlock(userId)}
          >
            {texts.unlock}
          </button>
        )}
      </td>
      <td className="audit-trace">
        {runId !== null && (
          <span>
            {texts.run} {link("run", texts.run, runId, shortId(runId))}
            {stepId !== null && ` · ${texts.step} ${stepId}`}
          </span>
        )}
        {challengeId !== null && (
          <span>
            Code {link("challenge", texts.challenge, challengeId, shortId(challengeId))}
            {purpose !== null && ` · ${purpose}`}
          </span>
        )}
      </td>
    </tr>
  );
}
