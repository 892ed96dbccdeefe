import { type DragEvent, type KeyboardEvent, type ReactElement, useMemo, useRef, useState } from "react";
import { type AnyStep, localize, stepGroups } from "@onceflow/step-runtime";
import { stepDragType } from "../canvas/step-drag.ts";
import { stepOrder } from "../store/dataflow-links.ts";
import { useDesigner } from "../store/designer-context.tsx";
import type { StepPlace } from "../store/step-recipes.ts";
import { Icon } from "../theme/icon.tsx";
import { StepTile } from "../theme/step-tile.tsx";
import { matchSteps } from "./match-steps.ts";

/** All step types by group: drag one onto the canvas, or press Enter to add it after the selected step. */
export function Palette({ onAdded }: { readonly onAdded: (stepKey: string) => void }): ReactElement {
  const { actions, document, view, steps, locale, readOnly, t } = useDesigner();
  const [text, setText] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => matchSteps(steps, locale, text), [steps, locale, text]);

  function add(type: AnyStep): void {
    const added = actions.addStep(type.type, placeOf(type));
    if (added) onAdded(added);
  }

  /** After the selected step; without one at the end of the last stage. */
  function placeOf(type: AnyStep): StepPlace {
    const { activeDataflow, selection } = view.getState();
    const dataflow = document.getState().document.dataflows[activeDataflow];
    const selected = selection.stepKeys.at(-1);
    if (dataflow && selected !== undefined && stepOrder(dataflow).includes(selected)) {
      const ends =
        Object.keys(steps.get(dataflow.steps[selected]?.type ?? "")?.outcomes ?? { main: true }).length === 0;
      if (type.sources !== "none" && !ends) return { at: "after", stepKey: selected, outcome: null };
      const stageKey = dataflow.stageKeys.find((key) => dataflow.stages[key]?.stepKeys.includes(selected));
      if (stageKey !== undefined && !(type.sources === "none")) return { at: "stage", stageKey };
    }
    return { at: "stage", stageKey: dataflow?.stageKeys.at(type.sources === "none" ? 0 : -1) ?? "stage" };
  }

  function walk(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>(".of-step-row") ?? [])];
    const at = rows.findIndex((row) => row === row.ownerDocument.activeElement);
    const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
  }

  return (
    <div className="of-palette" onKeyDown={walk}>
      <label className="of-find">
        <Icon name="search" />
        <input
          data-palette-search=""
          aria-label={t("palette.find")}
          placeholder={t("palette.find")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === "Enter" && first && !readOnly) {
              add(first);
              setText("");
            } else if (event.key === "Escape") setText("");
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <div className="of-palette-list" ref={list}>
        {stepGroups.map((group) => {
          const types = found.filter((type) => type.group === group);
          return types.length === 0 ? null : (
            <section key={group} aria-label={t(`group.${group}`)}>
              <h3 className="of-group">{t(`group.${group}`)}</h3>
              {types.map((type) => (
                <PaletteRow key={type.type} type={type} disabled={readOnly} onAdd={() => add(type)} />
              ))}
            </section>
          );
        })}
        {found.length === 0 ? <p className="of-note">{t("palette.none", { text })}</p> : null}
      </div>
      {readOnly ? null : <Tip />}
    </div>
  );
}

function PaletteRow({
  type,
  disabled,
  onAdd,
}: {
  readonly type: AnyStep;
  readonly disabled: boolean;
  readonly onAdd: () => void;
}): ReactElement {
  const { locale } = useDesigner();
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(stepDragType, type.type);
    event.dataTransfer.effectAllowed = "copy";
  };
  // A button that can be dragged: Firefox does not drag <button>.
  return (
    <div
      className="of-step-row"
      role="button"
      tabIndex={0}
      aria-disabled={disabled || undefined}
      draggable={!disabled}
      title={localize(type.help, locale)}
      data-step-type={type.type}
      onDragStart={onDragStart}
      onDoubleClick={disabled ? undefined : onAdd}
      onKeyDown={(event) => {
        if (disabled || (event.key !== "Enter" && event.key !== " ")) return;
        event.preventDefault();
        event.stopPropagation();
        onAdd();
      }}
    >
      <StepTile type={type} />
      {localize(type.title, locale)}
    </div>
  );
}

function Tip(): ReactElement {
  const { t } = useDesigner();
  const [before, after] = t("palette.tip", { key: "\u0000" }).split("\u0000");
  return (
    <p className="of-tip">
      {before}
      <kbd>A</kbd>
      {after}
    </p>
  );
}
