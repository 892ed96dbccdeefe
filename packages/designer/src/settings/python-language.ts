import { StreamLanguage, type StringStream } from "@codemirror/language";

const keywords = new Set(
  "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);
const atoms = new Set(["True", "False", "None"]);
const builtIns = new Set(
  "abs all any bool dict enumerate filter float format int isinstance len list map max min print range repr reversed round set sorted str sum tuple type zip".split(
    " ",
  ),
);

interface PythonState {
  /** The quotes that end the open text; null outside one. */
  quote: string | null;
}

/** Python for the eye: enough to colour a short script, at a fiftieth of a grammar's weight. */
export const pythonLanguage: StreamLanguage<PythonState> = StreamLanguage.define<PythonState>({
  name: "python",
  startState: () => ({ quote: null }),
  token(stream, state) {
    if (state.quote !== null) return text(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    const opening = stream.match(/^[rbfuRBFU]{0,2}("""|'''|"|')/) as RegExpMatchArray | null;
    if (opening) {
      state.quote = opening[1] ?? null;
      return text(stream, state);
    }
    if (stream.match(/^(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)/)) return "number";
    const word = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
    if (!word) {
      stream.next();
      return null;
    }
    const name = word[0];
    if (keywords.has(name)) return "keyword";
    if (atoms.has(name)) return "atom";
    return builtIns.has(name) ? "variableName.standard" : "variableName";
  },
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } },
});

function text(stream: StringStream, state: PythonState): string {
  while (!stream.eol()) {
    if (state.quote !== null && stream.match(state.quote)) {
      state.quote = null;
      return "string";
    }
    if (stream.next() === "\\") stream.next();
  }
  // Only triple quotes go on in the next line.
  if (state.quote?.length === 1) state.quote = null;
  return "string";
}
