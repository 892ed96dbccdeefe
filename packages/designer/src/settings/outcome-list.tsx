import { localize, type StepType } from "@onceflow/step-runtime";
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
  const outcomes = Object.entries(type.outcomes);
  if (!dataflow || outcomes.length < 2) return null;
  const links = dataflowLinks(dataflow, steps).filter(({ source }) => source.stepId === stepKey);
  const main = outcomes[0]?.[0];
  return (
    <section className="ofs-section">
      <h3>{t("settings.outcomes")}</h3>
      <ul className="ofs-outcomes">
        {outcomes.map(([name, { title, help }]) => {
          const targets = links
            .filter(({ source }) => (source.outcome ?? main) === name)
            .map(({ targetKey }) => localize(dataflow.steps[targetKey]?.name ?? targetKey, locale));
          return (
            <li key={name} data-followed={targets.length > 0}>
              <b>{localize(title, locale)}</b>
              <span>
                {help !== undefined && localize(help, locale)}
                <em>
                  {targets.length > 0
                    ? t("settings.leadsTo", { names: targets.join(", ") })
                    : t("settings.leadsNowhere")}
                </em>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
