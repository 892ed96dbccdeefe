import type { Step } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { SourceField } from "./source-field.tsx";
import { StepNameField } from "./step-name-field.tsx";

/** A step of a type that is not registered: its JSON as it stands, which nothing here changes. */
export function UnknownStep({ stepKey, step }: { readonly stepKey: string; readonly step: Step }): ReactElement {
  const { t } = useDesigner();
  return (
    <div className="ofs-form">
      <p className="ofs-notice">{t("settings.unknownType", { type: step.type })}</p>
      <StepNameField stepKey={stepKey} />
      <SourceField stepKey={stepKey} />
      <section className="ofs-section">
        <h3>{t("settings.asItIs")}</h3>
        <pre className="ofs-json">{JSON.stringify(step, null, 2)}</pre>
      </section>
    </div>
  );
}
