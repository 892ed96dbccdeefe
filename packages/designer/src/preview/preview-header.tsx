import type { ReactElement } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
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
          <button
            type="button"
            className="ofs-icon-button"
            aria-pressed={dark}
            title={t("preview.dark")}
            aria-label={t("preview.dark")}
            onClick={onDark}
          >
            <Icon name="moon" />
          </button>
          <button
            type="button"
            className="ofs-icon-button of-language"
            title={t("preview.language")}
            aria-label={t("preview.languageIs", { code: french ? "FR" : "EN" })}
            onClick={onLanguage}
          >
            {french ? "FR" : "EN"}
          </button>
          <button
            type="button"
            className="ofs-icon-button"
            aria-pressed={popped}
            title={t("preview.popOut")}
            aria-label={t("preview.popOut")}
            onClick={onPop}
          >
            <Icon name="popOut" />
          </button>
        </>
      )}
      <button
        type="button"
        className="ofs-icon-button"
        title={t("preview.close")}
        aria-label={t("preview.close")}
        onClick={close}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}
