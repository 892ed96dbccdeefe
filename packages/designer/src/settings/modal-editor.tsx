import type { Component, Control } from "@onceflow/step-runtime";
import { type ReactElement, useId } from "react";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { textOf, withText } from "./edit-text.ts";
import { FieldFrame } from "./field-frame.tsx";
import { SelectBox } from "./select-box.tsx";

/** A modal's title and what its controls say, in the designer's language; the preview follows each letter. */
export function ModalEditor({ modalId }: { readonly modalId: string }): ReactElement | null {
  const { t, locale, readOnly, actions } = useDesigner();
  const id = useId();
  const modal = useDocument(({ document }) => document.meta.modals.find((one) => one.id === modalId));
  const definitions = useDocument(({ document }) => document.meta.definitions);
  if (!modal) return null;

  function edit(part: string, change: (modal: Component["modals"][number]) => void) {
    actions.editComponent(
      { id: "edit.modal", values: { name: modalId } },
      (draft) => {
        const found = draft.modals.find((one) => one.id === modalId);
        if (found) change(found);
      },
      { coalesce: `modal:${modalId}:${part}` },
    );
  }
  function editControl(index: number, part: string, change: (control: Control) => void) {
    edit(`${index}:${part}`, ({ controls }) => {
      const control = controls[index];
      if (control) change(control);
    });
  }

  return (
    <div className="ofs-form ofs-modal-editor">
      <FieldFrame id={`${id}-title`} label={t("modal.title")}>
        <input
          id={`${id}-title`}
          className="ofs-input"
          value={textOf(modal.title, locale)}
          readOnly={readOnly}
          onChange={(event) => {
            const words = event.currentTarget.value;
            edit("title", (draft) => {
              draft.title = withText(draft.title, locale, words);
            });
          }}
          onBlur={actions.seal}
        />
      </FieldFrame>
      {modal.controls.map((control, index) => {
        const words = wordsKey(control);
        const kind = t("modal.control", { type: control.type.replaceAll("-", "_"), number: index + 1 });
        const binds = control.type === "text-field" || (control.type === "label" && control.definition !== undefined);
        return (
          <div className="ofs-control" key={index}>
            {words && (
              <FieldFrame id={`${id}-${index}`} label={kind}>
                <input
                  id={`${id}-${index}`}
                  className="ofs-input"
                  value={textOf(control[words], locale)}
                  readOnly={readOnly}
                  onChange={(event) => {
                    const next = event.currentTarget.value;
                    editControl(index, words, (draft) => {
                      draft[words] = withText(draft[words], locale, next);
                    });
                  }}
                  onBlur={actions.seal}
                />
              </FieldFrame>
            )}
            {binds && (
              <FieldFrame
                id={`${id}-${index}-of`}
                label={words ? t("modal.definition") : t("modal.definitionOf", { control: kind })}
              >
                <SelectBox
                  id={`${id}-${index}-of`}
                  value={control.definition ?? ""}
                  mono
                  disabled={readOnly}
                  options={[...new Set([control.definition ?? "", ...definitions.map(({ name }) => name)])].map(
                    (name) => ({ value: name, label: name }),
                  )}
                  onChange={(name) => {
                    editControl(index, "definition", (draft) => {
                      draft.definition = name;
                    });
                    actions.seal();
                  }}
                />
              </FieldFrame>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Where a control keeps its words; a label of a definition has none of its own. */
function wordsKey(control: Control): "label" | "text" | null {
  if (control.type === "label")
    return control.definition === undefined ? "text" : control.label === undefined ? null : "label";
  if (control.type === "message") return "text";
  return "label";
}
