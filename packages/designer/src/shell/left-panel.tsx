import { type KeyboardEvent, type ReactElement, useId } from "react";
import { ProblemsList } from "../issues/problems-list.tsx";
import { Outline } from "../outline/outline.tsx";
import { Palette } from "../palette/palette.tsx";
import { useDesigner, useView } from "../store/designer-context.tsx";
import type { LeftTab } from "../store/view-store.ts";

const tabs: readonly LeftTab[] = ["steps", "outline", "problems"];

/** The panel on the left: what can be added, what there is, what is wrong with it. */
export function LeftPanel({ onAdded }: { readonly onAdded: (stepKey: string) => void }): ReactElement {
  const { view, t } = useDesigner();
  const tab = useView((state) => state.leftTab);
  const problems = useView(({ issues }) => issues.filter(({ severity }) => severity !== "hint").length);
  const failed = useView(({ issues }) => issues.some(({ severity }) => severity === "error"));
  const id = useId();

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
    view.setState({ leftTab: next });
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <aside className="of-left" aria-label={t("left.label")}>
      <div className="of-tabs" role="tablist" onKeyDown={onKeyDown}>
        {tabs.map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-tab={key}
            aria-selected={tab === key}
            aria-controls={`${id}-panel`}
            tabIndex={tab === key ? 0 : -1}
            onClick={() => view.setState({ leftTab: key })}
          >
            {t(`left.${key}`)}
            {key === "problems" && problems > 0 ? (
              <span className="of-count" data-severity={failed ? "error" : "warning"}>
                {problems}
              </span>
            ) : null}
          </button>
        ))}
      </div>
      <div className="of-left-body" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        {tab === "steps" ? <Palette onAdded={onAdded} /> : tab === "outline" ? <Outline /> : <ProblemsList />}
      </div>
    </aside>
  );
}
