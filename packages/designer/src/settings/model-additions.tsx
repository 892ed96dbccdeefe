import type { StepType } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { useDesigner, useStep } from "../store/designer-context.tsx";

interface ModelAdditionsProps {
  readonly stepKey: string;
  readonly type: StepType;
}

/** *Adds to the model*: the paths that later steps can read. */
export function ModelAdditions({ stepKey, type }: ModelAdditionsProps): ReactElement | null {
  const { t, document } = useDesigner();
  const step = useStep(stepKey);
  const change = type.changes?.(step?.settings ?? {}, document.toComponent());
  if (!change || (change.adds.length === 0 && !change.open)) return null;
  // An object says nothing that its parts do not.
  const paths = change.adds.filter(
    ({ path, type: kind }) => kind !== "object" || !change.adds.some((other) => other.path.startsWith(`${path}.`)),
  );
  return (
    <section className="ofs-section">
      <h3>{t("settings.adds")}</h3>
      <dl className="ofs-adds">
        {paths.map(({ path, type: kind, mayBeMissing }) => (
          <div key={path}>
            <dt>
              <code>{path}</code>
            </dt>
            <dd>
              {t(`settings.type.${kind}`)}
              {mayBeMissing && `, ${t("settings.mayBeMissing")}`}
            </dd>
          </div>
        ))}
      </dl>
      {change.open && <p className="ofs-help">{t("settings.scriptAdds")}</p>}
      {change.replaces && <p className="ofs-help">{t("settings.replacesModel")}</p>}
    </section>
  );
}
