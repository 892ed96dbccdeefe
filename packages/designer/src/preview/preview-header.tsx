import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { PanelIconButton } from "../theme/panel-icon-button.tsx";
import type { PreviewStatus } from "./use-preview-replay.ts";

interface PreviewHeaderProps {
  /** Null: there is nothing to run with. */
  readonly status: PreviewStatus | null;
  readonly dark: boolean;
  readonly language: string;
  readonly popped: boolean;
  readonly onDark: () => void;
  readonly onLanguage: () => void;
  readonly onPop: () => void;
}

/** Title, whether it is live, and how the page looks. */
export function PreviewHeader({
  status,
  dark,
  language,
  popped,
  onDark,
  onLanguage,
  onPop,
}: PreviewHeaderProps): ReactElement {
  const { t, view } = useDesigner();
  const close = () => view.setState(({ open }) => ({ open: { ...open, preview: false } }));
  const french = language.startsWith("fr");
  return (
    <header className="of-preview-head">
      <h2>{t("preview.title")}</h2>
      {status && (
        <span className="of-preview-live" data-state={status.kind}>
          {t(`preview.${status.kind}State`)}
        </span>
      )}
      <span className="ofs-grow" />
      {status && (
        <>
          <PanelIconButton icon="moon" name={t("preview.dark")} pressed={dark} onClick={onDark} />
          <button
            type="button"
            className="ofs-icon-button of-language"
            title={t("preview.language")}
            aria-label={t("preview.languageIs", { code: french ? "FR" : "EN" })}
            onClick={onLanguage}
          >
            {french ? "FR" : "EN"}
          </button>
          <PanelIconButton icon="popOut" name={t("preview.popOut")} pressed={popped} onClick={onPop} />
        </>
      )}
      <PanelIconButton icon="close" name={t("preview.close")} onClick={close} />
    </header>
  );
}
