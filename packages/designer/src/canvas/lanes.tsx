import { Menu } from "@mantine/core";
import { type ReactElement, useRef, useState } from "react";
import { localize } from "@onceflow/step-runtime";
import { useDesigner, useDocument, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useCanvasControls } from "./canvas-controls.tsx";
import type { Lane } from "./tidy-layout.ts";

/** The stages behind the cards: numbered lanes from top to bottom, their heads at the left edge. */
export function Lanes({ readOnly }: { readonly readOnly: boolean }): ReactElement {
  const { actions, t } = useDesigner();
  const lanes = useView((view) => view.lanes);
  const last = lanes.at(-1);
  return (
    <div className="of-lanes" data-many={lanes.length >= 5 || undefined}>
      {lanes.map((lane, index) => (
        <LaneStrip key={lane.stageKey} lane={lane} number={index + 1} count={lanes.length} readOnly={readOnly} />
      ))}
      {readOnly || !last ? null : (
        <button
          type="button"
          className="of-button of-line of-add-stage nopan"
          style={{ top: last.y + last.height + 24 }}
          onClick={() => actions.addStage()}
        >
          <Icon name="plus" />
          {t("canvas.addStage")}
        </button>
      )}
    </div>
  );
}

function LaneStrip({
  lane,
  number,
  count,
  readOnly,
}: {
  readonly lane: Lane;
  readonly number: number;
  readonly count: number;
  readonly readOnly: boolean;
}): ReactElement {
  const { actions, locale, t } = useDesigner();
  const controls = useCanvasControls();
  const dataflowKey = useView((view) => view.activeDataflow);
  const stage = useDocument(({ document }) => document.dataflows[dataflowKey]?.stages[lane.stageKey]);
  const [renaming, setRenaming] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const name = stage ? localize(stage.meta.name, locale) : "";
  return (
    <section
      className="of-lane"
      data-lane={lane.stageKey}
      data-last={number === count || undefined}
      style={{ top: lane.y, height: lane.height }}
    >
      <div className="of-lane-side nopan nodrag">
        <div className="of-lane-head">
          <h3 aria-label={t("canvas.stageNumber", { number, name })}>
            <span className="of-lane-number">{number}</span>
            {renaming ? (
              <input
                className="of-lane-field"
                aria-label={t("stage.nameField")}
                value={name}
                autoFocus
                onFocus={(event) => event.currentTarget.select()}
                onChange={(event) => actions.renameStage(lane.stageKey, event.currentTarget.value)}
                onBlur={() => {
                  actions.seal();
                  setRenaming(false);
                }}
                onKeyDown={(event) => {
                  if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
                }}
              />
            ) : (
              <span className="of-lane-name" title={name} onDoubleClick={() => setRenaming(!readOnly)}>
                {name}
              </span>
            )}
          </h3>
          <p>{t("canvas.stageCount", { count: stage?.stepKeys.length ?? 0 })}</p>
        </div>
        {readOnly ? null : (
          <div className="of-lane-foot">
            <button
              ref={add}
              type="button"
              className="of-button of-small of-lane-add"
              aria-label={t("canvas.addStepTo", { name })}
              onClick={() => controls.pickStep({ at: "stage", stageKey: lane.stageKey }, add.current)}
            >
              <Icon name="plus" />
              {t("canvas.addStep")}
            </button>
            <Menu position="bottom-start" withinPortal>
              <Menu.Target>
                <button
                  type="button"
                  className="of-button of-small of-icon-only of-lane-more"
                  aria-label={t("stage.menu", { name })}
                >
                  <Icon name="dots" />
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setRenaming(true)}>{t("stage.rename")}</Menu.Item>
                <Menu.Item disabled={number === 1} onClick={() => actions.moveStage(lane.stageKey, number - 2)}>
                  {t("stage.moveUp")}
                </Menu.Item>
                <Menu.Item disabled={number === count} onClick={() => actions.moveStage(lane.stageKey, number)}>
                  {t("stage.moveDown")}
                </Menu.Item>
                <Menu.Item onClick={() => actions.deleteStage(lane.stageKey)}>{t("stage.delete")}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
        )}
      </div>
    </section>
  );
}
