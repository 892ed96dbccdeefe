import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const rules = {
  "&": {
    maxHeight: "360px",
    minHeight: "120px",
    fontSize: "12px",
    color: "var(--of-text)",
    backgroundColor: "var(--of-surface)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--of-mono)", lineHeight: "18px", minHeight: "120px" },
  ".cm-gutters": { border: "0", backgroundColor: "var(--of-inset)", color: "var(--of-text-3)" },
  ".cm-content": { caretColor: "var(--of-text)" },
  ".cm-cursor": { borderLeftColor: "var(--of-text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--of-accent-ring)" },
  ".ofs-error-line": { backgroundColor: "var(--of-error-soft)", boxShadow: "inset 2px 0 var(--of-error)" },
  ".cm-tooltip": {
    border: "1px solid var(--of-border-strong)",
    borderRadius: "var(--of-r-md)",
    backgroundColor: "var(--of-surface)",
    color: "var(--of-text)",
    boxShadow: "var(--of-shadow-pop)",
    overflow: "hidden",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--of-mono)", fontSize: "12px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--of-accent-soft)",
    color: "var(--of-accent-text)",
  },
  ".cm-completionIcon": { display: "none" },
};

// Not in the stylesheet: CodeMirror's own rules lie in no layer and would win over it.
/** The script editor in the designer's colours. */
export const scriptTheme: { readonly light: Extension; readonly dark: Extension } = {
  light: EditorView.theme(rules),
  dark: EditorView.theme(rules, { dark: true }),
};
