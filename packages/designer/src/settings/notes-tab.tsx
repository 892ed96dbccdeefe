import { type ReactElement, useId } from "react";
import { useActiveDataflow, useDesigner, useDocument } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";

type Notes = Record<string, Record<string, string> | undefined>;

/** The tab *Notes*: kept in the component's layout, apart from meaning. */
export function NotesTab({ stepKey }: { readonly stepKey: string }): ReactElement {
  const { t, readOnly, actions } = useDesigner();
  const id = useId();
  const dataflow = useActiveDataflow();
  const dataflowId = dataflow?.meta.id ?? "";
  const stepId = dataflow?.steps[stepKey]?.id ?? stepKey;
  const note = useDocument(
    ({ document }) => (document.meta.layout?.["notes"] as Notes | undefined)?.[dataflowId]?.[stepId] ?? "",
  );

  function write(text: string) {
    actions.editComponent(
      { id: "edit.note" },
      (draft) => {
        const layout = (draft.layout ??= {});
        const notes = (layout["notes"] ??= {}) as Notes;
        const ofDataflow = (notes[dataflowId] ??= {});
        if (text !== "") ofDataflow[stepId] = text;
        else delete ofDataflow[stepId];
        // An emptied note leaves nothing behind in the file.
        if (Object.keys(ofDataflow).length === 0) delete notes[dataflowId];
        if (Object.keys(notes).length === 0) delete layout["notes"];
        if (Object.keys(layout).length === 0) delete draft.layout;
      },
      { coalesce: `note:${dataflowId}/${stepId}` },
    );
  }

  return (
    <div className="ofs-form">
      <FieldFrame id={id} label={t("settings.note")} help={t("settings.noteHelp")}>
        <textarea
          id={id}
          className="ofs-input ofs-area"
          rows={10}
          value={note}
          readOnly={readOnly}
          aria-describedby={`${id}-help`}
          onChange={(event) => write(event.currentTarget.value)}
          onBlur={actions.seal}
        />
      </FieldFrame>
    </div>
  );
}
