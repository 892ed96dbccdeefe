import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useComponentExport } from "./use-component-export.ts";

interface ExportMenuProps {
  /** The class of the button, so that it looks like its neighbours. */
  readonly className?: string;
  /** Default: icon and *Export*. */
  readonly children?: ReactNode;
}

/** The *Export* button with its two ways out. */
export function ExportMenu({ className = "ofs-button", children }: ExportMenuProps): ReactElement {
  const { t } = useDesigner();
  const { download, copy } = useComponentExport();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const node = box.current;
    if (!open || !node) return;
    node.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: Event) => {
      if (!node.contains(event.target as Node)) setOpen(false);
    };
    node.ownerDocument.addEventListener("pointerdown", outside);
    return () => node.ownerDocument.removeEventListener("pointerdown", outside);
  }, [open]);

  function pick(action: () => void) {
    action();
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  }

  function keyDown(event: KeyboardEvent) {
    if (!open) return;
    event.stopPropagation();
    const items = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.findIndex((item) => item === item.ownerDocument.activeElement);
    if (event.key === "Escape" || event.key === "Tab") {
      setOpen(false);
      if (event.key === "Escape") box.current?.querySelector("button")?.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      items.at((at + (event.key === "ArrowDown" ? 1 : -1)) % items.length)?.focus();
    }
  }

  return (
    <div className="of-export" ref={box} onKeyDown={keyDown}>
      <button
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {children ?? (
          <>
            <Icon name="export" />
            {t("export.title")}
          </>
        )}
      </button>
      {open && (
        <div className="of-export-menu" role="menu" id={id} aria-label={t("export.title")}>
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => pick(download)}>
            <Icon name="export" />
            {t("export.download")}
          </button>
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => pick(() => void copy())}>
            <Icon name="copy" />
            {t("export.copy")}
          </button>
        </div>
      )}
    </div>
  );
}
