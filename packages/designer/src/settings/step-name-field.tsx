import { localize } from "@onceflow/step-runtime";
import { type ReactElement, useId } from "react";
import { useDesigner, useStep } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { useFieldError } from "./use-field-error.ts";

/** *Step name*, in the designer's language. */
export function StepNameField({ stepKey }: { readonly stepKey: string }): ReactElement | null {
  const { t, locale, readOnly, actions } = useDesigner();
  const id = useId();
  const step = useStep(stepKey);
  const { error, watch } = useFieldError(stepKey, "/name");
  if (!step) return null;
  return (
    <div {...watch}>
      <FieldFrame id={id} label={t("settings.stepName")} error={error}>
        <input
          id={id}
          className="ofs-input"
          value={localize(step.name, locale)}
          readOnly={readOnly}
          aria-describedby={error ? `${id}-help` : undefined}
          aria-invalid={error ? true : undefined}
          onChange={(event) => actions.renameStep(stepKey, event.currentTarget.value)}
          onBlur={actions.seal}
        />
      </FieldFrame>
    </div>
  );
}
