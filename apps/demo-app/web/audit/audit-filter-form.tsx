import { type ReactElement, useId, useState } from "react";
import type { DemoChoices } from "../session/session-api.ts";
import { type AuditFilter, countFilters, wholeTrail } from "./audit-filter.ts";
import "./audit-filter-form.css";
import type { AuditTexts } from "./audit-texts.ts";
import { EventChoice } from "./event-choice.tsx";

/** The fields that say what of the trail is shown; where there is little room they open by a button. */
export function AuditFilterForm({
  filter,
  clients,
  texts,
  onShow,
}: {
  readonly filter: AuditFilter;
  readonly clients: DemoChoices["clients"];
  readonly texts: AuditTexts;
  readonly onShow: (filter: AuditFilter) => void;
}): ReactElement {
  const [draft, setDraft] = useState(filter);
  const [open, setOpen] = useState(false);
  const fieldsId = useId();
  const text = (name: "user" | "run" | "challenge", label: string) => (
    <label className="audit-field">
      {label}
      <input
        type="text"
        maxLength={320}
        autoComplete="off"
        spellCheck={false}
        value={draft[name]}
        onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
      />
    </label>
  );
  const moment = (name: "from" | "to", label: string) => (
    <label className="audit-field">
      {label}
      <input
        type="datetime-local"
        value={draft[name]}
        onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
      />
    </label>
  );

  return (
    <form
      className="audit-filters"
      aria-label={texts.filters}
      data-open={open}
      onSubmit={(event) => {
        event.preventDefault();
        onShow({ ...draft, user: draft.user.trim(), run: draft.run.trim(), challenge: draft.challenge.trim() });
      }}
    >
      <button
        type="button"
        className="ofp-button ofp-secondary audit-button audit-filters-opener"
        aria-expanded={open}
        aria-controls={fieldsId}
        onClick={() => setOpen(!open)}
      >
        {texts.activeFilters(countFilters(filter))}
      </button>
      <div id={fieldsId} className="audit-fields">
        <EventChoice chosen={draft.events} texts={texts} onChoose={(events) => setDraft({ ...draft, events })} />
        {text("user", texts.user)}
        <label className="audit-field">
          {texts.client}
          <select value={draft.client} onChange={({ target }) => setDraft({ ...draft, client: target.value })}>
            <option value="">{texts.anyClient}</option>
            {clients.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {text("run", texts.run)}
        {text("challenge", texts.challenge)}
        {moment("from", texts.from)}
        {moment("to", texts.to)}
        <div className="audit-submit">
          <button type="submit" className="ofp-button audit-button">
            {texts.show}
          </button>
          {countFilters(filter) > 0 && (
            <button type="button" className="ofp-link" onClick={() => onShow(wholeTrail)}>
              {texts.clear}
            </button>
          )}
        </div>
      </div>
    </form>
  );
}
