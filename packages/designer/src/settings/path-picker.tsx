import { localize, parsePath } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { useActiveDataflow, useDesigner } from "../store/designer-context.tsx";
import { StepTile } from "../theme/step-tile.tsx";
import { knownPaths } from "./known-paths.ts";
import { useRunValue } from "./use-run-value.ts";

interface PathPickerProps {
  readonly id: string;
  readonly stepKey: string;
  readonly chosen: string;
  readonly onPick: (path: string) => void;
  readonly onClose: () => void;
}

/** What the earlier steps add to the model, by step, with the values of the last run. */
export function PathPicker({ id, stepKey, chosen, onPick, onClose }: PathPickerProps): ReactElement {
  const { t, locale, steps, document } = useDesigner();
  const dataflow = useActiveDataflow();
  const sample = useRunValue(stepKey);
  const groups = dataflow ? knownPaths(dataflow, steps, document.toComponent(), stepKey) : [];
  return (
    <div
      className="ofs-picker"
      id={id}
      role="group"
      aria-label={t("settings.pickPath")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      {groups.length === 0 && <p className="ofs-help">{t("settings.noPaths")}</p>}
      {groups.map((group) => {
        const step = dataflow?.steps[group.stepKey];
        return (
          <section key={group.stepKey}>
            <h3>
              <StepTile type={steps.get(step?.type ?? "")} />
              {step && localize(step.name, locale)}
            </h3>
            <ul>
              {group.paths.map(({ path, type, mayBeMissing }) => {
                const value = sample(path);
                return (
                  <li key={path}>
                    <button
                      type="button"
                      aria-pressed={path === chosen}
                      data-depth={Math.min(3, (parsePath(path)?.length ?? 1) - 1)}
                      onClick={() => onPick(path)}
                    >
                      <code>{path}</code>
                      <span>
                        {value ?? t(`settings.type.${type}`)}
                        {mayBeMissing && value === null && `, ${t("settings.mayBeMissing")}`}
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
            {group.open && <p className="ofs-help">{t("settings.mayAddMore")}</p>}
          </section>
        );
      })}
    </div>
  );
}
