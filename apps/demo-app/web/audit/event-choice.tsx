import { type ReactElement, useEffect, useId, useRef, useState } from "react";
import { eventGroups } from "./audit-events.ts";
import type { AuditTexts } from "./audit-texts.ts";
import { nameOfEvent } from "./describe-entry.ts";

/** Which events are shown: a button that opens their list, with a box for each. */
export function EventChoice({
  chosen,
  texts,
  onChoose,
}: {
  readonly chosen: readonly string[];
  readonly texts: AuditTexts;
  readonly onChoose: (events: readonly string[]) => void;
}): ReactElement {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const labelId = useId();
  const listId = useId();
  const valueId = useId();

  useEffect(() => {
    if (!open) return;
    const closeBeside = ({ target }: Event) => {
      if (target instanceof Node && root.current?.contains(target) === false) setOpen(false);
    };
    document.addEventListener("pointerdown", closeBeside);
    document.addEventListener("focusin", closeBeside);
    return () => {
      document.removeEventListener("pointerdown", closeBeside);
      document.removeEventListener("focusin", closeBeside);
    };
  }, [open]);

  return (
    <div
      ref={root}
      className="audit-field audit-events"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        setOpen(false);
        opener.current?.focus();
      }}
    >
      <span id={labelId}>{texts.events}</span>
      <button
        ref={opener}
        type="button"
        className="audit-select"
        aria-labelledby={`${labelId} ${valueId}`}
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <span id={valueId}>
          {chosen.length === 0
            ? texts.allEvents
            : chosen.length === 1
              ? nameOfEvent(chosen[0] ?? "", texts)
              : texts.chosenEvents(chosen.length)}
        </span>
      </button>
      <div id={listId} className="audit-event-list" hidden={!open}>
        {Object.entries(eventGroups).map(([group, events]) => (
          <fieldset key={group}>
            <legend>{texts.groups[group as keyof typeof eventGroups]}</legend>
            {events.map((event) => (
              <label key={event}>
                <input
                  type="checkbox"
                  checked={chosen.includes(event)}
                  onChange={({ target }) =>
                    onChoose(target.checked ? [...chosen, event] : chosen.filter((other) => other !== event))
                  }
                />
                {nameOfEvent(event, texts)}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </div>
  );
}
