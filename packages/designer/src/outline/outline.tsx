import { type KeyboardEvent, type ReactElement, useRef } from "react";
import { localize } from "@onceflow/step-runtime";
import { useActiveDataflow, useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { OutlineStep } from "./outline-step.tsx";

/** Stages and steps as a list: a second editor, for the keyboard, for screen readers and for small screens. */
export function Outline(): ReactElement {
  const { actions, locale, readOnly, t } = useDesigner();
  const dataflow = useActiveDataflow();
  const list = useRef<HTMLDivElement>(null);

  function walk(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>(".of-outline-step") ?? [])];
    const at = rows.findIndex((row) => row === row.ownerDocument.activeElement);
    if (at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    rows[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }

  return (
    <div className="of-outline" ref={list} onKeyDown={walk} role="group" aria-label={t("outline.label")}>
      {dataflow?.stageKeys.map((stageKey, index) => {
        const stage = dataflow.stages[stageKey];
        const name = stage ? localize(stage.meta.name, locale) : "";
        return stage ? (
          <section key={stageKey} aria-label={t("canvas.stageNumber", { number: index + 1, name })}>
            <h3>
              <span className="of-lane-number">{index + 1}</span>
              {name}
            </h3>
            <ol>
              {stage.stepKeys.map((stepKey, at) => (
                <OutlineStep key={stepKey} stepKey={stepKey} stageKey={stageKey} index={at} />
              ))}
            </ol>
          </section>
        ) : null;
      })}
      {readOnly ? null : (
        <button type="button" className="of-button of-line of-outline-add" onClick={() => actions.addStage()}>
          <Icon name="plus" />
          {t("canvas.addStage")}
        </button>
      )}
    </div>
  );
}
