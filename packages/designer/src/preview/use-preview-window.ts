import { useCallback, useEffect, useState } from "react";
import { copyPageStyles } from "./copy-page-styles.ts";

/** A window of its own for the preview. */
export interface PreviewWindow {
  /** Where to render; null: in the column. */
  readonly body: HTMLElement | null;
  /** False when the browser blocked the window. */
  readonly open: (title: string) => boolean;
  readonly close: () => void;
}

/** Opens and closes the preview's window; it closes with the designer. */
export function usePreviewWindow(): PreviewWindow {
  const [opened, setOpened] = useState<Window | null>(null);

  useEffect(() => {
    if (!opened) return;
    const closed = () => setOpened(null);
    opened.addEventListener("pagehide", closed);
    return () => {
      opened.removeEventListener("pagehide", closed);
      opened.close();
    };
  }, [opened]);

  const open = useCallback((title: string) => {
    const next = window.open("", "", "popup,width=420,height=820");
    if (!next) return false;
    next.document.title = title;
    next.document.body.style.margin = "0";
    copyPageStyles(document, next.document);
    setOpened(next);
    return true;
  }, []);
  const close = useCallback(() => setOpened(null), []);
  return { body: opened?.document.body ?? null, open, close };
}
