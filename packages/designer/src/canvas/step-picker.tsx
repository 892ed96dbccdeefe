import { type ReactElement, useEffect, useId, useMemo, useRef, useState } from "react";
import { localize } from "@onceflow/step-runtime";
import { matchSteps } from "../palette/match-steps.ts";
import { useDesigner } from "../store/designer-context.tsx";
import type { StepPlace } from "../store/step-recipes.ts";
import { Icon } from "../theme/icon.tsx";
import { StepTile } from "../theme/step-tile.tsx";
import { useCanvasControls } from "./canvas-controls.tsx";

/** A place for which a step is being chosen, and where the choice opens (pixels in the canvas). */
export interface StepPick {
  readonly place: StepPlace;
  readonly x: number;
  readonly y: number;
  /** What gets the focus back. */
  readonly opener: Element | null;
}

const size = { width: 264, height: 320 };

/** A search field with the steps that fit a place. */
export function StepPicker({ pick, onClose }: { readonly pick: StepPick; readonly onClose: () => void }): ReactElement {
  const { actions, steps, locale, t } = useDesigner();
  const controls = useCanvasControls();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const fitting = useMemo(() => {
    const place = pick.place.at;
    return matchSteps(steps, locale, text).filter(
      (type) =>
        place === "stage" || (type.sources !== "none" && (place === "after" || Object.keys(type.outcomes).length > 0)),
    );
  }, [pick.place.at, steps, locale, text]);
  const current = fitting[Math.min(at, fitting.length - 1)];

  useEffect(() => {
    // A click elsewhere closes; the canvas swallows pointer events, so this listens while they go down.
    const root = box.current?.ownerDocument;
    const onPointerDown = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    root?.addEventListener("pointerdown", onPointerDown, true);
    return () => root?.removeEventListener("pointerdown", onPointerDown, true);
  }, [onClose]);

  function choose(type: string): void {
    onClose();
    const added = actions.addStep(type, pick.place);
    if (added) controls.reveal(added, { focus: true });
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((Math.min(at, fitting.length - 1) + step + fitting.length) % Math.max(1, fitting.length));
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      choose(current.type);
    } else if (event.key === "Escape") {
      event.preventDefault();
      onClose();
      if (pick.opener instanceof HTMLElement) pick.opener.focus({ preventScroll: true });
    } else return;
    event.stopPropagation();
  }

  const option = (type: string) => `${listId}-${type}`;
  return (
    <div
      ref={box}
      className="of-picker"
      style={{
        left: `clamp(8px, ${pick.x - size.width / 2}px, calc(100% - ${size.width + 8}px))`,
        top: `clamp(8px, ${pick.y}px, calc(100% - ${size.height + 8}px))`,
      }}
      role="dialog"
      aria-label={t("picker.label")}
    >
      <label className="of-find">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label={t("picker.find")}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current ? option(current.type) : undefined}
          placeholder={t("picker.find")}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div id={listId} role="listbox" aria-label={t("picker.label")} className="of-picker-list">
        {fitting.map((type) => (
          <div
            key={type.type}
            id={option(type.type)}
            role="option"
            aria-selected={type === current}
            className="of-step-row"
            onPointerMove={() => setAt(fitting.indexOf(type))}
            onClick={() => choose(type.type)}
          >
            <StepTile type={type} />
            {localize(type.title, locale)}
          </div>
        ))}
      </div>
      {fitting.length === 0 ? <p className="of-note">{t("picker.none", { text })}</p> : null}
    </div>
  );
}
