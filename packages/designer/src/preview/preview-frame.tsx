import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { copyPageStyles } from "./copy-page-styles.ts";
import { PortalBoundary } from "./portal-boundary.tsx";

// A document of its own: media queries, `fixed` and `100vh` mean the shown width. It carries no script and may run none:
// what it shows comes through a React portal from the designer, which its origin (the same) lets in.
const blank =
  '<!doctype html><html><head><meta name="viewport" content="width=device-width"></head><body></body></html>';
const sandbox = "allow-same-origin allow-forms";

interface PreviewFrameProps {
  readonly title: string;
  /** In CSS pixels of the page; the frame is scaled down to the column. */
  readonly width: number;
  readonly children: ReactNode;
}

/** Shows its children in a sandboxed frame of a given width. */
export function PreviewFrame({ title, width, children }: PreviewFrameProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 286, height: 560 });
  const [body, setBody] = useState<HTMLElement | null>(null);
  const [listeners, setListeners] = useState<"heard" | "blocked">("heard");

  useEffect(() => {
    const node = box.current;
    if (!node || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0)
        setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, []);

  function loaded(frame: HTMLIFrameElement) {
    const inside = frame.contentDocument;
    if (!inside) return;
    if (listeners === "heard" && !hearsEvents(inside)) {
      setListeners("blocked");
      return;
    }
    inside.body.style.margin = "0";
    copyPageStyles(frame.ownerDocument, inside);
    setBody(inside.body);
  }

  const scale = Math.min(1, size.width / width);
  return (
    <div className="of-preview-frame" ref={box}>
      <iframe
        key={listeners}
        title={title}
        // WebKit calls no listener in a frame that may not run scripts, not even the designer's own (bug 218086).
        sandbox={listeners === "heard" ? sandbox : `${sandbox} allow-scripts`}
        srcDoc={blank}
        style={{ width: size.width / scale, height: size.height / scale, transform: `scale(${scale})` }}
        onLoad={(event) => loaded(event.currentTarget)}
      />
      {body && createPortal(<PortalBoundary>{children}</PortalBoundary>, body)}
    </div>
  );
}

function hearsEvents(document: Document): boolean {
  let heard = false;
  const listen = () => {
    heard = true;
  };
  document.addEventListener("onceflow-probe", listen);
  document.dispatchEvent(new Event("onceflow-probe"));
  document.removeEventListener("onceflow-probe", listen);
  return heard;
}
