import type { ReactElement } from "react";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { ComponentPanel } from "./component-panel.tsx";
import { StepPanel } from "./step-panel.tsx";

/** The right column: the selected step, or the component when none is selected. */
export function SettingsPanel(): ReactElement {
  const { t } = useDesigner();
  const selected = useView(({ selection }) => selection.stepKeys);
  const [only] = selected;
  return (
    <section className="ofs-panel" aria-label={t("settings.title")}>
      {only === undefined ? (
        <ComponentPanel />
      ) : selected.length > 1 ? (
        <SelectedSteps stepKeys={selected} />
      ) : (
        <StepPanel key={only} stepKey={only} />
      )}
    </section>
  );
}

function SelectedSteps({ stepKeys }: { readonly stepKeys: readonly string[] }): ReactElement {
  const { t, readOnly, actions } = useDesigner();
  return (
    <div className="ofs-empty">
      <b>{t("settings.selected", { count: stepKeys.length })}</b>
      <p>{t("settings.selectedText")}</p>
      {!readOnly && (
        <div className="ofs-button-row">
          <button type="button" className="ofs-button" onClick={() => actions.duplicateSteps(stepKeys)}>
            <Icon name="copy" />
            {t("settings.duplicate")}
          </button>
          <button type="button" className="ofs-button" onClick={() => actions.deleteSteps(stepKeys)}>
            <Icon name="trash" />
            {t("settings.delete")}
          </button>
        </div>
      )}
    </div>
  );
}
