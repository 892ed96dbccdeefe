import { type ReactElement, useId, useMemo, useState } from "react";
import { useActiveDataflow, useDesigner } from "../store/designer-context.tsx";
import { parseSource } from "../store/source-ref.ts";
import { Icon } from "../theme/icon.tsx";
import { StepTile } from "../theme/step-tile.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { SelectBox } from "./select-box.tsx";
import { currentSources, sourceChoices, sourceLabel } from "./source-choices.ts";
import { useFieldError } from "./use-field-error.ts";

/** *Source step*: what a step follows. Choosing draws the edge, for the sources are the edges. */
export function SourceField({ stepKey }: { readonly stepKey: string }): ReactElement | null {
  const { t, steps, locale, readOnly, actions } = useDesigner();
  const id = useId();
  const [adding, setAdding] = useState(false);
  const dataflow = useActiveDataflow();
  const choices = useMemo(
    () => (dataflow ? sourceChoices(dataflow, steps, stepKey, locale) : []),
    [dataflow, steps, stepKey, locale],
  );
  const { error, watch } = useFieldError(stepKey, "/sources");
  if (!dataflow) return null;
  const sources = currentSources(dataflow, steps, stepKey);
  const slots = adding || sources.length === 0 ? [...sources, null] : sources;

  function choose(slot: number, next: string) {
    setAdding(false);
    const old = sources[slot];
    if (old === undefined) {
      if (next !== "") actions.connect(parseSource(next), stepKey);
    } else {
      actions.setSources(
        stepKey,
        sources.flatMap((source, index) => (index === slot ? (next === "" ? [] : [next]) : [source])),
      );
    }
  }

  function options(source: string | null) {
    const open = choices.filter((choice) => choice.source === source || !sources.includes(choice.source));
    const lost = source !== null && !open.some((choice) => choice.source === source);
    return [
      { value: "", label: source === null ? t("settings.chooseSource") : t("settings.noSource") },
      ...open.map((choice) => ({ value: choice.source, label: choice.label })),
      ...(lost
        ? [
            {
              value: source,
              label: dataflow?.steps[parseSource(source).stepId]
                ? sourceLabel(dataflow, steps, source, locale)
                : t("settings.gone", { name: source }),
            },
          ]
        : []),
    ];
  }

  return (
    <div {...watch}>
      <FieldFrame id={`${id}-0`} label={t("settings.source")} error={error}>
        {slots.map((source, slot) => (
          <div className="ofs-source" key={source ?? "new"}>
            <SelectBox
              id={`${id}-${slot}`}
              {...(slot > 0 && { label: t("settings.sourceNumber", { number: slot + 1 }) })}
              value={source ?? ""}
              options={options(source)}
              icon={
                source === null ? undefined : (
                  <StepTile type={steps.get(dataflow.steps[parseSource(source).stepId]?.type ?? "")} />
                )
              }
              invalid={error !== null}
              disabled={readOnly}
              onChange={(next) => choose(slot, next)}
            />
          </div>
        ))}
        {!readOnly && !adding && sources.length > 0 && (
          <button type="button" className="ofs-link" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t("settings.addSource")}
          </button>
        )}
      </FieldFrame>
    </div>
  );
}
