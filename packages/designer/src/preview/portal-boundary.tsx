import type { ReactElement, ReactNode, SyntheticEvent } from "react";

const stop = (event: SyntheticEvent) => event.stopPropagation();

/** React events bubble out of portals: without this, a letter typed on the page would be a shortcut of the designer. */
export function PortalBoundary({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div
      onKeyDown={stop}
      onKeyUp={stop}
      onClick={stop}
      onPointerDown={stop}
      onCopy={stop}
      onCut={stop}
      onPaste={stop}
      onDragOver={stop}
      onDrop={stop}
      onFocus={stop}
      onBlur={stop}
    >
      {children}
    </div>
  );
}
