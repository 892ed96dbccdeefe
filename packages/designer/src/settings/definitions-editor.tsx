import { type Definition, definitionTypes } from "@onceflow/step-runtime";
import { type ReactElement, useId, useState } from "react";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { PanelIconButton } from "../theme/panel-icon-button.tsx";

/** The component's definitions. A name is given once: paths all over the component say it. */
export function DefinitionsEditor(): ReactElement {
  const { t, readOnly, actions } = useDesigner();
  const id = useId();
  const definitions = useDocument(({ document }) => document.meta.definitions);
  const [name, setName] = useState("");
  const trimmed = name.trim();
  const taken = definitions.some((definition) => definition.name === trimmed);

  function edit(at: number, change: (definition: Definition) => void) {
    actions.editComponent({ id: "edit.definition", values: { name: definitions[at]?.name ?? "" } }, (draft) => {
      const definition = draft.definitions[at];
      if (definition) change(definition);
    });
  }
  function add() {
    if (trimmed === "" || taken) return;
    actions.editComponent({ id: "edit.addDefinition", values: { name: trimmed } }, (draft) => {
      draft.definitions.push({ name: trimmed, type: "string" });
    });
    setName("");
  }

  return (
    <section className="ofs-section" aria-labelledby={id}>
      <h3 id={id}>{t("component.definitions")}</h3>
      <ul className="ofs-definitions">
        {definitions.map((definition, index) => (
          <li key={definition.name}>
            <code>{definition.name}</code>
            <span className="ofs-select ofs-small">
              <select
                className="ofs-input"
                aria-label={t("component.typeOf", { name: definition.name })}
                value={definition.type}
                disabled={readOnly}
                onChange={(event) => {
                  const type = event.currentTarget.value;
                  edit(index, (draft) => {
                    draft.type = type;
                  });
                }}
              >
                {[...new Set([...definitionTypes, definition.type])].map((type) => (
                  <option key={type}>{type}</option>
                ))}
              </select>
              <Icon name="chevronDown" />
            </span>
            <label>
              <input
                type="checkbox"
                checked={definition.secret === true}
                disabled={readOnly}
                onChange={(event) => {
                  const secret = event.currentTarget.checked;
                  edit(index, (draft) => {
                    if (secret) draft.secret = true;
                    else delete draft.secret;
                  });
                }}
              />
              {t("component.secret")}
            </label>
            {!readOnly && (
              <PanelIconButton
                icon="trash"
                name={t("settings.removeOf", { name: definition.name })}
                onClick={() =>
                  actions.editComponent({ id: "edit.removeDefinition", values: { name: definition.name } }, (draft) => {
                    draft.definitions.splice(index, 1);
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <div className="ofs-add-row">
          <input
            className="ofs-input ofs-mono"
            aria-label={t("component.newDefinition")}
            placeholder={t("component.newDefinition")}
            aria-invalid={taken || undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") add();
            }}
          />
          <button type="button" className="ofs-button" disabled={trimmed === "" || taken} onClick={add}>
            {t("settings.add")}
          </button>
        </div>
      )}
    </section>
  );
}
