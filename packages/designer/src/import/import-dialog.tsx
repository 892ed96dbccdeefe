import { localize } from "@onceflow/step-runtime";
import { type ClipboardEvent, type ReactElement, useId, useRef, useState } from "react";
import { useModalFocus } from "../page/use-modal-focus.ts";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { PanelIconButton } from "../theme/panel-icon-button.tsx";
import { ImportReport } from "./import-report.tsx";
import { type ImportReading, readImport, readImportFile } from "./read-import.ts";
import { useFileDrop } from "./use-file-drop.ts";

// A text area slows down over long texts; those are read without being shown.
const longText = 100_000;

/** Opens by the view's `importOpen` or a file dropped on the designer: mount it once. Nothing changes before *Replace*. */
export function ImportDialog(): ReactElement | null {
  const { root, view, readOnly, t } = useDesigner();
  const open = useView(({ importOpen }) => importOpen) && !readOnly;
  const [reading, setReading] = useState<ImportReading | null>(null);
  const [source, setSource] = useState("");

  async function take(file: File) {
    if (readOnly) return;
    view.setState({ importOpen: true });
    setSource(file.name);
    setReading(await readImportFile(file));
  }
  const over = useFileDrop(root, (file) => void take(file));

  function close() {
    view.setState({ importOpen: false });
    setReading(null);
    setSource("");
  }

  return (
    <>
      {over && !readOnly && <div className="of-import-drop">{t("import.drop")}</div>}
      {open && (
        <Dialog
          reading={reading}
          source={source}
          onFile={(file) => void take(file)}
          onText={(text) => {
            setSource("");
            setReading(text.trim() === "" ? null : readImport(text));
          }}
          onClose={close}
        />
      )}
    </>
  );
}

interface DialogProps {
  readonly reading: ImportReading | null;
  /** The name of the read file. */
  readonly source: string;
  readonly onFile: (file: File) => void;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

function Dialog({ reading, source, onFile, onText, onClose }: DialogProps): ReactElement {
  const { t, locale, actions, announce } = useDesigner();
  const dialog = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const trapTab = useModalFocus(dialog);
  const id = useId();
  const [text, setText] = useState("");
  const ready = reading?.kind === "ready" ? reading.component : null;

  function read(next: string) {
    setText(next.length > longText ? "" : next);
    onText(next);
  }

  function paste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text");
    if (pasted.length <= longText) return;
    event.preventDefault();
    read(pasted);
  }

  function replace() {
    if (!ready) return;
    const name = localize(ready.name, locale);
    actions.setComponent(ready, { id: "edit.import", values: { name } });
    announce(t("import.done", { name }));
    onClose();
  }

  return (
    <div className="of-import-overlay">
      <div className="of-import-veil" aria-hidden="true" onClick={onClose} />
      <div
        ref={dialog}
        className="of-import-dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={(event) => {
          // The designer's shortcuts stay out of the dialog.
          event.stopPropagation();
          if (event.key === "Escape") onClose();
          else trapTab(event);
        }}
      >
        <div className="of-import-head">
          <h2 id={id}>{t("import.title")}</h2>
          <PanelIconButton icon="close" name={t("import.cancel")} label={t("import.close")} onClick={onClose} />
        </div>
        <div className="of-import-body">
          <div className="of-import-source">
            <input
              ref={picker}
              type="file"
              accept=".json,application/json"
              hidden
              aria-label={t("import.file")}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                // The same file again is a change as well.
                event.currentTarget.value = "";
                setText("");
                if (file) onFile(file);
              }}
            />
            <button type="button" className="ofs-button" onClick={() => picker.current?.click()}>
              <Icon name="import" />
              {t("import.file")}
            </button>
            <span>{source || t("import.orDrop")}</span>
          </div>
          <label htmlFor={`${id}-text`}>{t("import.paste")}</label>
          <textarea
            id={`${id}-text`}
            rows={reading ? 3 : 8}
            spellCheck={false}
            placeholder={'{ "format": "onceflow/component", …'}
            value={text}
            onPaste={paste}
            onChange={(event) => read(event.currentTarget.value)}
          />
          <div role="status">{reading && <ImportReport reading={reading} />}</div>
        </div>
        <div className="of-import-foot">
          <button type="button" className="ofs-button" onClick={onClose}>
            {t("import.cancel")}
          </button>
          <button type="button" className="ofs-button ofs-primary" disabled={!ready} onClick={replace}>
            {t("import.replace")}
          </button>
        </div>
      </div>
    </div>
  );
}
