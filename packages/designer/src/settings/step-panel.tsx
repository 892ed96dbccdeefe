import { localize } from "@onceflow/step-runtime";
import { type KeyboardEvent, type ReactElement, useId } from "react";
import { useDesigner, useStep, useView } from "../store/designer-context.tsx";
import type { RightTab } from "../store/view-store.ts";
import { Icon } from "../theme/icon.tsx";
import { StepTile } from "../theme/step-tile.tsx";
import { NotesTab } from "./notes-tab.tsx";
import { OutputTab } from "./output-tab.tsx";
import { StepParameters } from "./step-parameters.tsx";
import { UnknownStep } from "./unknown-step.tsx";

const tabs: readonly RightTab[] = ["parameters", "output", "notes"];

/** The panel of one step. */
export function StepPanel({ stepKey }: { readonly stepKey: string }): ReactElement | null {
  const { t, locale, steps, readOnly, actions, view } = useDesigner();
  const id = useId();
  const step = useStep(stepKey);
  const tab = useView(({ rightTab }) => rightTab);
  if (!step) return null;
  const type = steps.get(step.type);

  function keyDown(event: KeyboardEvent<HTMLElement>) {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
    if (next) view.setState({ rightTab: next });
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <>
      <header className="ofs-head">
        <StepTile type={type} />
        <div>
          <h2>{localize(step.name, locale)}</h2>
          <p>{type ? t(`group.${type.group}`) : step.type}</p>
        </div>
      </header>
      <div className="ofs-tabs" role="tablist" aria-label={t("settings.tabs")} onKeyDown={keyDown}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            data-tab={one}
            id={`${id}-${one}`}
            aria-selected={one === tab}
            aria-controls={`${id}-panel`}
            tabIndex={one === tab ? 0 : -1}
            onClick={() => view.setState({ rightTab: one })}
          >
            {t(`settings.tab.${one}`)}
          </button>
        ))}
      </div>
      <div className="ofs-body" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        {tab === "parameters" &&
          (type ? (
            <StepParameters key={stepKey} stepKey={stepKey} type={type} />
          ) : (
            <UnknownStep stepKey={stepKey} step={step} />
          ))}
        {tab === "output" && <OutputTab stepKey={stepKey} />}
        {tab === "notes" && <NotesTab stepKey={stepKey} />}
      </div>
      {!readOnly && (
        <footer className="ofs-foot">
          <button type="button" className="ofs-button ofs-quiet" onClick={() => actions.duplicateSteps([stepKey])}>
            <Icon name="copy" />
            {t("settings.duplicate")}
          </button>
          <button type="button" className="ofs-button ofs-quiet" onClick={() => actions.deleteSteps([stepKey])}>
            <Icon name="trash" />
            {t("settings.delete")}
          </button>
        </footer>
      )}
    </>
  );
}
