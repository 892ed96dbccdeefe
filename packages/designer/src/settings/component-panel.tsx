import { localize } from "@onceflow/step-runtime";
import { type ReactElement, useId, useState } from "react";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { uniqueId } from "../store/unique-id.ts";
import { Icon } from "../theme/icon.tsx";
import { DefinitionsEditor } from "./definitions-editor.tsx";
import { textOf, withText } from "./edit-text.ts";
import { FieldFrame } from "./field-frame.tsx";
import { ModalEditor } from "./modal-editor.tsx";

/** What the panel shows when no step is selected: the component's own things. */
export function ComponentPanel(): ReactElement {
  const { t, locale, readOnly, actions } = useDesigner();
  const id = useId();
  const name = useDocument(({ document }) => document.meta.name);
  return (
    <>
      <header className="ofs-head">
        <div>
          <h2>{localize(name, locale)}</h2>
          <p>{t("component.kind")}</p>
        </div>
      </header>
      <div className="ofs-body">
        <div className="ofs-form">
          <FieldFrame id={id} label={t("component.name")}>
            <input
              id={id}
              className="ofs-input"
              value={textOf(name, locale)}
              readOnly={readOnly}
              onChange={(event) => {
                const words = event.currentTarget.value;
                actions.editComponent(
                  { id: "edit.renameComponent" },
                  (draft) => {
                    draft.name = withText(draft.name, locale, words);
                  },
                  { coalesce: "component:name" },
                );
              }}
              onBlur={actions.seal}
            />
          </FieldFrame>
          <DefinitionsEditor />
          <Modals />
          <PageControls />
        </div>
      </div>
    </>
  );
}

function Modals(): ReactElement {
  const { t, locale, readOnly, actions } = useDesigner();
  const id = useId();
  const modals = useDocument(({ document }) => document.meta.modals);
  const [open, setOpen] = useState<string | null>(null);

  function add() {
    const modalId = uniqueId("modal", new Set(modals.map((modal) => modal.id)));
    actions.editComponent({ id: "edit.addModal" }, (draft) => {
      draft.modals.push({
        id: modalId,
        title: t("modal.newTitle"),
        controls: [
          { type: "label", text: t("modal.newText") },
          { type: "button", label: t("modal.newClose"), action: "close" },
        ],
      });
    });
    setOpen(modalId);
  }

  return (
    <section className="ofs-section" aria-labelledby={id}>
      <h3 id={id}>{t("component.modals")}</h3>
      <ul className="ofs-modals">
        {modals.map((modal) => (
          <li key={modal.id}>
            <button
              type="button"
              className="ofs-fold"
              aria-expanded={open === modal.id}
              onClick={() => setOpen(open === modal.id ? null : modal.id)}
            >
              <Icon name={open === modal.id ? "chevronDown" : "chevronRight"} />
              {localize(modal.title, locale)}
              <em>{modal.id}</em>
            </button>
            {open === modal.id && <ModalEditor modalId={modal.id} />}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <button type="button" className="ofs-link" onClick={add}>
          <Icon name="plus" />
          {t("component.addModal")}
        </button>
      )}
    </section>
  );
}

function PageControls(): ReactElement {
  const { t, locale } = useDesigner();
  const id = useId();
  const controls = useDocument(({ document }) => document.meta.page.controls);
  const dataflows = useDocument(({ document }) => document.dataflows);
  const nameOf = (dataflowId: string) => {
    const found = Object.values(dataflows).find(({ meta }) => meta.id === dataflowId);
    return found ? localize(found.meta.name, locale) : dataflowId;
  };
  return (
    <section className="ofs-section" aria-labelledby={id}>
      <h3 id={id}>{t("component.page")}</h3>
      <dl className="ofs-adds">
        {controls.map((control, index) => (
          <div key={index}>
            <dt>{localize(control.label ?? control.text ?? control.definition ?? control.type, locale)}</dt>
            <dd>
              {control.dataflow === undefined
                ? (control.definition ?? control.type)
                : t("component.starts", { name: nameOf(control.dataflow) })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
