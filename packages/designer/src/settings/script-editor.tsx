import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { type ReactElement, useEffect, useRef } from "react";
import { scriptColours } from "./script-colours.ts";
import { scriptTheme } from "./script-theme.ts";

interface ScriptEditorProps {
  readonly code: string;
  readonly language: "javascript" | "python";
  readonly dark: boolean;
  readonly readOnly: boolean;
  readonly labelledBy: string;
  /** From 1. */
  readonly errorLine: number | null;
  /** Offered after `item`. */
  readonly paths: readonly string[];
  readonly onChange: (code: string) => void;
  readonly onLeave: () => void;
}

/** The script editor. Escape, then Tab, leaves it by keyboard. */
export function ScriptEditor(props: ScriptEditorProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const changeable = useRef({ language: new Compartment(), state: new Compartment(), mark: new Compartment() });
  const { code, language, dark, readOnly, errorLine } = props;

  useEffect(() => {
    const node = host.current;
    if (!node) return;
    const parts = changeable.current;
    const { code, language, dark, readOnly, errorLine, labelledBy } = latest.current;
    const editor = new EditorView({
      parent: node,
      root: node.ownerDocument,
      state: EditorState.create({
        doc: code,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          indentOnInput(),
          autocompletion({ override: [(context) => itemPaths(context, latest.current.paths)] }),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          syntaxHighlighting(scriptColours),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-labelledby": labelledBy }),
          parts.language.of(languageOf(language)),
          parts.state.of(stateOf(readOnly, dark)),
          parts.mark.of(markOf(errorLine)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && update.state.doc.toString() !== latest.current.code)
              latest.current.onChange(update.state.doc.toString());
            if (update.focusChanged && !update.view.hasFocus) latest.current.onLeave();
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    // Undo and import change the document from outside; what was typed here is there already.
    if (editor && editor.state.doc.toString() !== code)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: code } });
  }, [code]);
  useEffect(() => {
    const { language: a, state: b, mark: c } = changeable.current;
    view.current?.dispatch({
      effects: [
        a.reconfigure(languageOf(language)),
        b.reconfigure(stateOf(readOnly, dark)),
        c.reconfigure(markOf(errorLine)),
      ],
    });
  }, [language, readOnly, dark, errorLine]);

  // The designer's own shortcuts must not fire while a script is typed.
  return <div className="ofs-script" ref={host} onKeyDown={(event) => event.stopPropagation()} />;
}

function languageOf(language: "javascript" | "python"): Extension {
  return language === "javascript" ? [javascript(), indentUnit.of("  ")] : [python(), indentUnit.of("    ")];
}

function stateOf(readOnly: boolean, dark: boolean): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.editable.of(!readOnly),
    dark ? scriptTheme.dark : scriptTheme.light,
  ];
}

function markOf(line: number | null): Extension {
  if (line === null) return [];
  return EditorView.decorations.compute(["doc"], (state) =>
    line > state.doc.lines
      ? Decoration.none
      : Decoration.set(Decoration.line({ class: "ofs-error-line" }).range(state.doc.line(line).from)),
  );
}

function itemPaths(context: CompletionContext, paths: readonly string[]) {
  const word = context.matchBefore(/item[\w[\]'".]*/);
  if (!word && !context.explicit) return null;
  return {
    from: word?.from ?? context.pos,
    options: paths.map((label) => ({ label, type: "variable" })),
    validFor: /^[\w[\]'".]*$/,
  };
}
