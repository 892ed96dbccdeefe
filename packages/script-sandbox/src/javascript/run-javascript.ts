import type { ScriptConsoleLine, ScriptError, ScriptErrorCode } from "@onceflow/step-runtime";
import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import { cleanItem } from "./clean-item.ts";
import { createConsoleRecord } from "./console-record.ts";
import { guestPrelude } from "./guest-prelude.ts";
import { createQuickJsMachine } from "./quickjs-machine.ts";
import type { ScriptLimits } from "./script-limits.ts";
import { exceedsUtf8Size } from "./utf8-size.ts";

/** One run, as text: nothing else crosses the border. */
export interface JavascriptJob {
  readonly code: string;
  readonly itemJson: string;
  readonly deterministic?: { readonly nowMs: number; readonly seed: number } | undefined;
}

/** How a run ended, as text. */
export type JavascriptOutcome =
  | { readonly ok: true; readonly itemJson: string; readonly console: readonly ScriptConsoleLine[] }
  | { readonly ok: false; readonly error: ScriptError; readonly console: readonly ScriptConsoleLine[] };

const fileName = "script.js";

/** Runs a script in a machine made for it alone and dropped afterwards. Blocks its thread for up to `timeoutMs` and, in native code, longer. */
export async function runJavascript(
  module: WebAssembly.Module,
  job: JavascriptJob,
  limits: ScriptLimits,
): Promise<JavascriptOutcome> {
  const machine = await createQuickJsMachine(module, {
    memoryBytes: limits.memoryBytes,
    nowMs: job.deterministic?.nowMs,
  });
  const { context } = machine;
  const output = createConsoleRecord(limits);

  const deadlineMs = performance.now() + limits.timeoutMs;
  let wasInterrupted = false;
  const isLate = (): boolean => (wasInterrupted ||= performance.now() > deadlineMs);

  let phase: "prepare" | "compile" | "run" | "read" = "prepare";
  const fail = (code: ScriptErrorCode, message: string, place: Place = {}): JavascriptOutcome => ({
    ok: false,
    error: { code, message, ...place },
    console: output.lines(),
  });
  // What the host saw decides first; what the script says about itself comes last.
  const failAfterHostFacts = (describe: () => ThrownText): JavascriptOutcome => {
    // No place: loops carry none in QuickJS, so an interrupt would point at the statement before them.
    if (wasInterrupted) return fail("TIMEOUT", `The script ran longer than ${limits.timeoutMs} ms.`);
    if (machine.wasDeniedMemory()) {
      return phase === "read"
        ? fail("OUTPUT_TOO_LARGE", tooLarge(limits))
        : fail("MEMORY", `The script needs more than ${limits.memoryBytes} bytes of memory.`, describe().place);
    }
    const { text, place } = describe();
    if (phase === "compile") return fail("SYNTAX", text, place);
    // A cyclic or BigInt item fails after the script, outside of its lines.
    const isUnwritable = phase === "read" && place.line === undefined;
    return fail("SCRIPT_ERROR", isUnwritable ? `The script left an "item" that is not JSON. ${text}` : text, place);
  };

  try {
    const tools = loadPrelude(context, { output, seed: job.deterministic?.seed, limits });
    context.runtime.setInterruptHandler(isLate);
    const failWith = (thrown: QuickJSHandle): JavascriptOutcome => {
      // Describing runs no code of the script, and after the deadline an interrupt would end it too.
      context.runtime.removeInterruptHandler();
      return failAfterHostFacts(() => describeThrown(context, tools, thrown));
    };

    const given = context.newString(job.itemJson);
    const set = context.callFunction(tools.setItem, context.undefined, given);
    if (set.error) return failWith(set.error);
    given.dispose();

    phase = "compile";
    const compiled = context.evalCode(job.code, fileName, { type: "global", compileOnly: true });
    if (compiled.error) return failWith(compiled.error);

    phase = "run";
    const completion = context.evalCode(job.code, fileName, { type: "global" });
    if (completion.error) return failWith(completion.error);
    while (context.runtime.hasPendingJob()) {
      if (isLate()) return failAfterHostFacts(() => nothingThrown);
      const jobs = context.runtime.executePendingJobs(100);
      if (jobs.error) return failWith(jobs.error);
    }
    // A script that ends in a promise (`import("x")`, an async function's call) fails when that promise does.
    const promise = context.getPromiseState(completion.value);
    if (promise.type === "rejected") return failWith(promise.error);

    phase = "read";
    const item = context.evalCode("item", "item.js", { type: "global" });
    if (item.error) return failWith(item.error);
    const longest = context.newNumber(limits.jsonBytes);
    const read = context.callFunction(tools.readItem, context.undefined, item.value, longest);
    if (read.error) return failWith(read.error);
    if (wasInterrupted) return failAfterHostFacts(() => nothingThrown);
    return finish(context, read.value);
  } catch (cause) {
    // The interpreter itself broke: its stack ran over, or its memory is corrupt.
    if (wasInterrupted || machine.wasDeniedMemory()) return failAfterHostFacts(() => nothingThrown);
    if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) throw cause;
    return fail("CRASH", "The script broke the interpreter, most likely by nesting too deep.");
  }

  function finish(from: QuickJSContext, value: QuickJSHandle): JavascriptOutcome {
    const kind = from.typeof(value);
    if (kind === "number") return fail("OUTPUT_TOO_LARGE", tooLarge(limits));
    if (kind !== "string") return fail("SCRIPT_ERROR", notAnObject);
    const itemJson = from.getString(value);
    if (exceedsUtf8Size(itemJson, limits.jsonBytes)) return fail("OUTPUT_TOO_LARGE", tooLarge(limits));
    const cleaned = cleanItem(JSON.parse(itemJson), limits);
    if (cleaned.ok) {
      return { ok: true, itemJson: cleaned.dropped ? JSON.stringify(cleaned.item) : itemJson, console: output.lines() };
    }
    if (cleaned.reason === "not-an-object") return fail("SCRIPT_ERROR", notAnObject);
    return fail("OUTPUT_TOO_LARGE", `The script left an item that is nested more than ${limits.depth} levels deep.`);
  }
}

const notAnObject = 'The script must leave an object in "item".';

function tooLarge(limits: ScriptLimits): string {
  return `The script left an item of more than ${limits.jsonBytes} bytes of JSON.`;
}

interface Place {
  readonly line?: number;
  readonly column?: number;
}

interface ThrownText {
  readonly text: string;
  readonly place: Place;
}

const nothingThrown: ThrownText = { text: "", place: {} };

interface GuestTools {
  readonly setItem: QuickJSHandle;
  readonly readItem: QuickJSHandle;
  readonly isError: QuickJSHandle;
  readonly errorName: QuickJSHandle;
  readonly errorMessage: QuickJSHandle;
  readonly errorStack: QuickJSHandle;
  readonly shorten: QuickJSHandle;
}

interface PreludeOptions {
  readonly output: { add(level: string, text: string): void };
  readonly seed: number | undefined;
  readonly limits: ScriptLimits;
}

function loadPrelude(context: QuickJSContext, { output, seed, limits }: PreludeOptions): GuestTools {
  const print = context.newFunction("print", (level, text) => {
    if (context.typeof(level) !== "string" || context.typeof(text) !== "string") return;
    output.add(context.getString(level), context.getString(text));
  });
  const prelude = context.unwrapResult(context.evalCode(guestPrelude, "prelude.js", { type: "global" }));
  const tools = context.unwrapResult(
    context.callFunction(
      prelude,
      context.undefined,
      print,
      seed === undefined ? context.undefined : context.newNumber(seed),
      // One character more than fits tells the record that something was cut.
      context.newNumber(limits.consoleBytes + 1),
    ),
  );
  const tool = (name: string): QuickJSHandle => context.getProp(tools, name);
  return {
    setItem: tool("setItem"),
    readItem: tool("readItem"),
    isError: tool("isError"),
    errorName: tool("errorName"),
    errorMessage: tool("errorMessage"),
    errorStack: tool("errorStack"),
    shorten: tool("shorten"),
  };
}

/** Says what was thrown without running any of its code: getters, proxies and `toString` stay untouched. */
function describeThrown(context: QuickJSContext, tools: GuestTools, thrown: QuickJSHandle): ThrownText {
  const ask = (tool: QuickJSHandle): string | undefined => {
    const answer = context.callFunction(tool, context.undefined, thrown);
    if (answer.error || context.typeof(answer.value) !== "string") return undefined;
    return context.getString(answer.value);
  };

  const isError = context.callFunction(tools.isError, context.undefined, thrown);
  if (!isError.error && context.eq(isError.value, context.true)) {
    const name = ask(tools.errorName) ?? "Error";
    const message = ask(tools.errorMessage);
    return { text: message ? `${name}: ${message}` : name, place: findPlace(ask(tools.errorStack) ?? "") };
  }
  switch (context.typeof(thrown)) {
    case "string":
      return { text: `The script threw: ${ask(tools.shorten) ?? ""}`, place: {} };
    case "number":
      return { text: `The script threw: ${context.getNumber(thrown)}`, place: {} };
    default:
      return { text: "The script threw a value that is not an Error.", place: {} };
  }
}

function findPlace(stack: string): Place {
  const [, line, column] = /script\.js:(\d{1,9}):(\d{1,9})/.exec(stack) ?? [];
  return line === undefined || column === undefined ? {} : { line: Number(line), column: Number(column) };
}
