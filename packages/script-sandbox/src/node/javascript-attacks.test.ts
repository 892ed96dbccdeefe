import type { ScriptErrorCode, ScriptResult, ScriptRunner } from "@onceflow/step-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeScriptRunner } from "./create-node-script-runner.ts";

// One worker each, so that the run after an attack meets what the attack left behind.
// On a busy machine a watchdog that follows too soon would win against the interrupt that is meant: each runner leaves room.
const patient = createNodeScriptRunner({ poolSize: 1, limits: { timeoutMs: 30_000 } });
const interrupting = createNodeScriptRunner({ poolSize: 1, limits: { timeoutMs: 1000, killAfterMs: 30_000 } });
const killing = createNodeScriptRunner({ poolSize: 1, limits: { timeoutMs: 2000, killAfterMs: 300 } });
afterAll(() => Promise.all([patient.close(), interrupting.close(), killing.close()]));

const probe = `
  const own = (object) => Reflect.ownKeys(object).length;
  item = {
    globals: own(globalThis), objects: own(Object.prototype), arrays: own(Array.prototype), functions: own(Function.prototype),
    json: JSON.stringify(JSON.parse('{"a":[1]}')), plain: String({}), left: typeof left, memory: "x".repeat(1e6).length,
  }`;
let clean: ScriptResult;
beforeAll(async () => {
  clean = await run(patient, probe);
  expect(clean.ok).toBe(true);
});

function run(runner: ScriptRunner, code: string): Promise<ScriptResult> {
  return runner.run({ language: "javascript", code, item: { kept: true } });
}

async function attack(runner: ScriptRunner, code: string): Promise<ScriptResult> {
  const result = await run(runner, code);
  expect(await run(runner, probe), "the next run").toEqual(clean);
  return result;
}

function endsWith(result: ScriptResult, codes: readonly ScriptErrorCode[]): void {
  expect(result).toMatchObject({ ok: false, error: { code: expect.toBeOneOf([...codes]) } });
}

describe("harmless attempts", () => {
  it.each<[string, string, unknown]>([
    [
      "the global object's constructor",
      'item = { r: this.constructor.constructor("return typeof process")() }',
      { r: "undefined" },
    ],
    ["Function", 'item = { r: Function("return typeof globalThis.process")() }', { r: "undefined" }],
    [
      "the async function constructor",
      'item = { r: typeof (async () => {}).constructor("return process") }',
      { r: "function" },
    ],
    [
      "the generator constructor",
      'item = { r: (function* () {}).constructor("yield typeof process")().next().value }',
      { r: "undefined" },
    ],
    ["console's constructor", 'item = { r: console.log.constructor("return typeof process")() }', { r: "undefined" }],
    [
      "Error.prepareStackTrace",
      "let frames; Error.prepareStackTrace = (_, all) => { frames = all; return '' }; new Error('x').stack; item = { r: typeof frames }",
      { r: "undefined" },
    ],
    [
      "a replaced JSON",
      "JSON.stringify = () => '{\"forged\":1}'; JSON.parse = null; item.more = 1",
      { kept: true, more: 1 },
    ],
    [
      "replaced intrinsics",
      "Object.keys = Array.prototype.push = String = null; item.more = 1",
      { kept: true, more: 1 },
    ],
    ["toJSON", "item.toJSON = () => ({ other: 1 })", { other: 1 }],
    [
      "keys that name prototypes",
      `item = JSON.parse('{"__proto__":{"a":1},"b":{"constructor":1,"prototype":2,"c":3}}')`,
      { b: { c: 3 } },
    ],
    ["prototype pollution", "Object.prototype.left = 1; Array.prototype.left = 1; globalThis.left = 1", { kept: true }],
    ["a loop in a finalizer", "new FinalizationRegistry(() => { for (;;); }).register({}, 1)", { kept: true }],
    [
      "an out-of-memory that is caught",
      "try { const a = []; for (;;) a.push('x' + a.length) } catch {}",
      { kept: true },
    ],
  ])("%s", async (_, code, item) => {
    expect(await attack(patient, code)).toEqual({ ok: true, item, console: [] });
  });
});

describe("script errors", () => {
  it.each([
    ["import", 'import("fs")'],
    ["require", 'require("fs")'],
    ["a throwing getter", 'Object.defineProperty(item, "x", { enumerable: true, get() { throw new Error("no") } })'],
    ["a throwing proxy", 'item = new Proxy({}, { ownKeys() { throw new Error("no") } })'],
    ["a throwing Symbol.toPrimitive", 'item.x = `${{ [Symbol.toPrimitive]() { throw new Error("no") } }}`'],
    ["a throwing toJSON", 'item.toJSON = () => { throw new Error("no") }'],
    ["a throwing item", 'Object.defineProperty(globalThis, "item", { get() { throw new Error("no") } })'],
    ["a cyclic item", "item.self = item"],
    ["a BigInt", "item.big = 1n"],
    ["no item", "item = undefined"],
    ["a function", "item = () => 1"],
    ["an array", "item = [1]"],
    ["throw null", "throw null"],
    ["throw a hostile proxy", "throw new Proxy({}, { get() { for (;;); }, getPrototypeOf() { for (;;); } })"],
    ["deep recursion", "(function f() { f() })()"],
    ["a rope longer than a string may be", 'let s = "x"; for (;;) s += s'],
  ])("%s", async (_, code) => {
    endsWith(await attack(patient, code), ["SCRIPT_ERROR"]);
  });
});

describe("crashes", () => {
  it.each([
    ["deep nesting in eval", 'eval("(".repeat(1e5))'],
    ["deep nesting in the script", "(".repeat(1e5)],
    ["deep nesting of arrays", "[".repeat(1e5)],
  ])("%s", async (_, code) => {
    endsWith(await attack(patient, code), ["CRASH", "SCRIPT_ERROR", "SYNTAX"]);
  });
});

describe("endless scripts that hear the interrupt", () => {
  it.each([
    ["a loop", "while (true) {}"],
    ["a loop with a catch-all", "for (;;) { try { for (;;); } catch {} finally { continue } }"],
    ["a promise that follows itself", "(function f() { Promise.resolve().then(f) })()"],
    ["an async loop with a catch-all", "(async () => { for (;;) try { await null; for (;;); } catch {} })()"],
    ["a looping getter", 'Object.defineProperty(item, "x", { enumerable: true, get() { for (;;); } })'],
    ["a looping proxy", "item = new Proxy({}, { ownKeys() { for (;;); } })"],
    ["a looping toJSON", "item.toJSON = () => { for (;;); }"],
    ["a backtracking regular expression", '/(a+)+$/.test("a".repeat(40) + "b")'],
    ["an endless console", 'for (;;) console.log("x".repeat(1e4))'],
  ])("%s", async (_, code) => {
    const result = await attack(interrupting, code);
    endsWith(result, ["TIMEOUT"]);
    if (!result.ok) expect(result.error.message).toContain("ran longer than 1000 ms");
  });

  it("names no line, since the interpreter knows none for a loop", async () => {
    const result = await run(interrupting, "item.a = 1\nfor (;;);");
    endsWith(result, ["TIMEOUT"]);
    expect(result).not.toHaveProperty("error.line");
  });
});

describe("endless native code, ended from outside", () => {
  it.each([
    ["joining a sparse array", 'new Array(1e9) + ""'],
    ["walking a sparse array", "const a = []; a[4e9] = 1; a.forEach(() => {})"],
    ["reversing a sparse object", "[].reverse.call({ length: 1e15 })"],
  ])("%s", async (_, code) => {
    const result = await attack(killing, code);
    endsWith(result, ["TIMEOUT"]);
    if (!result.ok) expect(result.error.message).toContain("was ended after 2300 ms");
  });
});

describe("memory bombs", () => {
  it.each([
    ["strings", 'const a = []; for (;;) a.push("x".repeat(1e6) + a.length)'],
    ["arrays", "const a = []; for (;;) a.push(new Array(1000).fill(a.length))"],
    ["array buffers", "const a = []; for (;;) a.push(new ArrayBuffer(1e6))"],
    ["one large array buffer", "new ArrayBuffer(1e9)"],
    ["closures", "const a = []; for (;;) { const x = a.length; a.push(() => x) }"],
    [
      "a catch-all around them",
      "const a = []; for (;;) { try { a.push(new ArrayBuffer(1e6)) } catch { throw 'full' } }",
    ],
  ])("%s", async (_, code) => {
    endsWith(await attack(patient, code), ["MEMORY"]);
  });
});

describe("large results", () => {
  it.each([
    ["30 MB in one string", 'item.x = "a".repeat(30e6)'],
    ["30 MB in many strings", 'item.x = Array.from({ length: 3000 }, (_, i) => "b".repeat(1e4) + i)'],
    ["more bytes than characters", 'item.x = "é".repeat(6e6)'],
    ["101 levels", "let at = item; for (let i = 0; i < 100; i += 1) at = at.x = {}"],
  ])("%s", async (_, code) => {
    endsWith(await attack(patient, code), ["OUTPUT_TOO_LARGE"]);
  });

  it("100 levels and 9 MB pass", async () => {
    const result = await run(
      patient,
      'let at = item; for (let i = 0; i < 99; i += 1) at = at.x = {}; at.text = "a".repeat(9e6)',
    );
    expect(result.ok).toBe(true);
  });
});
