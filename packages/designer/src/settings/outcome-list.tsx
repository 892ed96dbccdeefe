import { localize, stepOutcomes, type StepType } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { useActiveDataflow, useDesigner } from "../store/designer-context.tsx";
import { dataflowLinks } from "../store/dataflow-links.ts";

interface OutcomeListProps {
  readonly stepKey: string;
  readonly type: StepType;
}

/** The ways out of a step, what each means and where it leads; a single one needs no list. */
export function OutcomeList({ stepKey, type }: OutcomeListProps): ReactElement | null {
  const { t, steps, locale } = useDesigner();
  const dataflow = useActiveDataflow();
  const step = dataflow?.steps[stepKey];
  const outcomes = step ? stepOutcomes(step, type) : [];
  if (!dataflow || outcomes.length < 2) return null;
  const links = dataflowLinks(dataflow, steps).filter(({ source }) => source.stepId === stepKey);
  const [main] = outcomes;
  const rows = outcomes.map((name) => {
    const { title = name, help } = type.outcomes[name] ?? {};
    const targets = links.filter(({ source }) => (source.outcome ?? main) === name);
    const names = targets
      .map(({ targetKey }) => localize(dataflow.steps[targetKey]?.name ?? targetKey, locale))
      .join(", ");
    return { name, title: localize(title, locale), help: help === undefined ? "" : localize(help, locale), names };
  });
  const [first] = rows;
  // Said once when it is the same for all.
  const shared = first && first.names !== "" && rows.every(({ names }) => names === first.names) ? first.names : null;
  return (
    <section className="ofs-section">
      <div className="ofs-section-head">
        <h3>{t("settings.outcomes")}</h3>
        {shared !== null && <span>{t("settings.allLeadTo", { names: shared })}</span>}
      </div>
      <ul className="ofs-outcomes">
        {rows.map(({ name, title, help, names }) => (
          <li key={name} data-followed={names !== ""}>
            <b>{title}</b>
            <span>
              {help}
              {shared === null && (
                <em>{names === "" ? t("settings.leadsNowhere") : t("settings.leadsTo", { names })}</em>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
