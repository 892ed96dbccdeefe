import { printComponent } from "@onceflow/step-runtime";
import { useMemo } from "react";
import { useDesigner } from "../store/designer-context.tsx";

/** Ways to take the component out, unsaved changes included. */
export interface ComponentExport {
  /** Downloads `<id>.component.json`. */
  readonly download: () => void;
  readonly copy: () => Promise<void>;
}

/** The exports of the open component. */
export function useComponentExport(): ComponentExport {
  const { document: store, root, t, announce } = useDesigner();
  return useMemo(
    () => ({
      download() {
        const component = store.toComponent();
        const name = `${component.id}.component.json`;
        const page = root()?.ownerDocument ?? document;
        const url = URL.createObjectURL(new Blob([printComponent(component)], { type: "application/json" }));
        const link = page.createElement("a");
        link.href = url;
        link.download = name;
        link.click();
        // The download has taken its copy by the next turn.
        setTimeout(() => URL.revokeObjectURL(url), 0);
        announce(t("export.downloaded", { name }));
      },
      async copy() {
        try {
          await navigator.clipboard.writeText(printComponent(store.toComponent()));
          announce(t("export.copied"));
        } catch {
          announce(t("export.notCopied"));
        }
      },
    }),
    [store, root, t, announce],
  );
}
