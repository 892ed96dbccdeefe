import { Menu } from "@mantine/core";
import { memo, type ReactElement, useRef, useState } from "react";
import { localize } from "@onceflow/step-runtime";
import { CardStatus } from "../canvas/card-status.tsx";
import { useDesigner, useStep, useView } from "../store/designer-context.tsx";
import { stepPath } from "../store/view-store.ts";
import { Icon } from "../theme/icon.tsx";
import { StepTile } from "../theme/step-tile.tsx";
import { outlineMove } from "./outline-move.ts";

/** One step of the outline: Enter opens it, F2 renames it, Alt+arrows move it, Delete takes it out. */
export const OutlineStep = memo(function OutlineStep({
  stepKey,
  stageKey,
  index,
}: {
  readonly stepKey: string;
  readonly stageKey: string;
  readonly index: number;
}): ReactElement | null {
  const { actions, document, view, steps, locale, readOnly, t } = useDesigner();
  const step = useStep(stepKey);
  const selected = useView(({ selection }) => selection.stepKeys.includes(stepKey));
  const severity = useView(
    ({ activeDataflow, stepIssues }) => stepIssues[stepPath(activeDataflow, stepKey)]?.[0]?.severity,
  );
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLButtonElement>(null);
  if (!step) return null;
  const name = localize(step.name, locale);

  function open(): void {
    actions.selectSteps([stepKey]);
    view.setState((state) => ({ rightTab: "parameters", open: { ...state.open, right: true } }));
  }
  function move(by: 1 | -1): void {
    const dataflow = document.getState().document.dataflows[view.getState().activeDataflow];
    const to = dataflow && outlineMove(dataflow, stageKey, index, by);
    if (!to) return;
    actions.moveStep(stepKey, { ...to, position: null });
    // The row is made anew in another stage; the focus goes along.
    const box = row.current?.closest(".of-outline");
    requestAnimationFrame(() =>
      box?.querySelector<HTMLElement>(`[data-outline-step="${CSS.escape(stepKey)}"]`)?.focus(),
    );
  }

  return (
    <li className="of-outline-row" data-selected={selected || undefined}>
      {renaming ? (
        <input
          className="of-outline-field"
          autoFocus
          aria-label={t("outline.name", { name })}
          value={name}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => actions.renameStep(stepKey, event.currentTarget.value)}
          onBlur={() => {
            actions.seal();
            setRenaming(false);
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== "Enter" && event.key !== "Escape") return;
            setRenaming(false);
            requestAnimationFrame(() => row.current?.focus());
          }}
        />
      ) : (
        <button
          ref={row}
          type="button"
          className="of-outline-step"
          data-outline-step={stepKey}
          aria-pressed={selected}
          onClick={open}
          onKeyDown={(event) => {
            const handled = readOnly
              ? false
              : event.key === "F2"
                ? setRenaming(true) === undefined
                : event.altKey && event.key === "ArrowUp"
                  ? move(-1) === undefined
                  : event.altKey && event.key === "ArrowDown"
                    ? move(1) === undefined
                    : event.key === "Delete"
                      ? actions.deleteSteps([stepKey], { heal: !event.shiftKey }) === undefined
                      : false;
            if (!handled) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <StepTile type={steps.get(step.type)} />
          <span>{name}</span>
          <CardStatus refused={false} severity={severity} run={undefined} />
        </button>
      )}
      {readOnly ? null : (
        <Menu position="bottom-end">
          <Menu.Target>
            <button
              type="button"
              className="of-button of-small of-icon-only"
              aria-label={t("outline.actions", { name })}
            >
              <Icon name="dots" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={open}>{t("outline.open")}</Menu.Item>
            <Menu.Item rightSection={<kbd>F2</kbd>} onClick={() => setRenaming(true)}>
              {t("outline.rename")}
            </Menu.Item>
            <Menu.Item rightSection={<kbd>Alt ↑</kbd>} onClick={() => move(-1)}>
              {t("outline.moveUp")}
            </Menu.Item>
            <Menu.Item rightSection={<kbd>Alt ↓</kbd>} onClick={() => move(1)}>
              {t("outline.moveDown")}
            </Menu.Item>
            <Menu.Item rightSection={<kbd>Del</kbd>} onClick={() => actions.deleteSteps([stepKey])}>
              {t("outline.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
});
