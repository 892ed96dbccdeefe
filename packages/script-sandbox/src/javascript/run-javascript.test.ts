import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runJavascript } from "./run-javascript.ts";
import type { JavascriptOutcome } from "./run-javascript.ts";
import { defaultScriptLimits } from "./script-limits.ts";

let module: WebAssembly.Module;
beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
  module = await WebAssembly.compile(await readFile(path));
});

function run(code: string, deterministic?: { nowMs: number; seed: number }): Promise<JavascriptOutcome> {
  return runJavascript(
    module,
    { code, itemJson: '{"oneTimeCode":{"code":"123"}}', deterministic },
    defaultScriptLimits,
  );
}

async function itemAfter(code: string, deterministic?: { nowMs: number; seed: number }): Promise<unknown> {
  const outcome = await run(code, deterministic);
  return outcome.ok ? JSON.parse(outcome.itemJson) : outcome.error;
}

describe("a script", () => {
  it("reads and changes item", async () => {
    expect(await itemAfter("item['new_code'] = item['oneTimeCode']['code']")).toEqual({
      oneTimeCode: { code: "123" },
      new_code: "123",
    });
  });

  it("may have variables, functions and classes at its top level", async () => {
    const code =
      "const a = 1; let b = 2; function c() { return 3 } class D { e = 4 }\nitem = { sum: a + b + c() + new D().e }";
    expect(await itemAfter(code)).toEqual({ sum: 10 });
  });

  it("may declare item anew", async () => {
    expect(await itemAfter("const item = { own: true }")).toEqual({ own: true });
  });

  it("has its promises settled before item is read", async () => {
    expect(await itemAfter("(async () => { await null; item = { later: true } })()")).toEqual({ later: true });
  });

  it("keeps text of every kind", async () => {
    expect(await itemAfter(String.raw`item = { text: "é😀\u0000\ud800" }`)).toEqual({ text: "é😀\u0000\ud800" });
  });

  it("prints to its console only", async () => {
    const outcome = await run(
      "console.log('a', 1, { b: [2] }, undefined, 3n); console.warn(new TypeError('no')); item = {}",
    );
    expect(outcome.console).toEqual([
      { level: "log", text: 'a 1 {"b":[2]} undefined 3n' },
      { level: "warn", text: "TypeError: no" },
    ]);
  });

  it("has its console kept when it fails", async () => {
    expect(await run("console.log('before'); nowhere()")).toMatchObject({ ok: false, console: [{ text: "before" }] });
  });

  it("finds nothing of a host and no other names than the language's", async () => {
    const names =
      "['process','require','fetch','setTimeout','window','self','document','performance','WebAssembly','module','std','os']";
    expect(await itemAfter(`item = { found: ${names}.filter((name) => name in globalThis) }`)).toEqual({ found: [] });
  });
});

describe("an error", () => {
  it("has the line and column of the script's own text", async () => {
    expect(await itemAfter("const ok = 1;\n\n  foo.bar;")).toEqual({
      code: "SCRIPT_ERROR",
      message: "ReferenceError: 'foo' is not defined",
      line: 3,
      column: 3,
    });
  });

  it("points at the innermost place", async () => {
    expect(await itemAfter("function f() {\n  null.x\n}\nf()")).toMatchObject({ line: 2 });
  });

  it("of syntax is found before anything runs", async () => {
    const outcome = await run("console.log('ran')\nlet x = ;");
    expect(outcome).toMatchObject({ ok: false, console: [], error: { code: "SYNTAX", line: 2, column: 9 } });
  });

  it("of syntax in an eval is the script's error", async () => {
    expect(await itemAfter("\neval('let x = ;')")).toMatchObject({ code: "SCRIPT_ERROR", line: 2 });
  });

  it("is taken from a rejected promise that ends the script", async () => {
    expect(await itemAfter("(async () => {\n  await null\n  throw new RangeError('late')\n})()")).toMatchObject({
      code: "SCRIPT_ERROR",
      message: "RangeError: late",
      line: 3,
    });
  });

  it("may be a text", async () => {
    expect(await itemAfter("throw 'no code'")).toEqual({ code: "SCRIPT_ERROR", message: "The script threw: no code" });
  });

  it("runs none of the thrown object's code", async () => {
    const outcome = await run(`
      const error = new Error("plain");
      Object.defineProperty(error, "stack", { get() { console.log("stack ran") } });
      Object.defineProperty(error, "name", { get() { console.log("name ran") } });
      Object.setPrototypeOf(error, new Proxy({}, { get() { console.log("proxy ran") } }));
      throw error;`);
    expect(outcome).toEqual({ ok: false, error: { code: "SCRIPT_ERROR", message: "Error: plain" }, console: [] });
  });
});

describe("deterministic mode", () => {
  const code = "item = { now: Date.now(), text: String(new Date()), random: [Math.random(), Math.random()] }";

  it("gives the same clock and the same random numbers twice", async () => {
    const first = await itemAfter(code, { nowMs: 1_000, seed: 7 });
    expect(first).toMatchObject({ now: 1_000, text: "Thu Jan 01 1970 00:00:01 GMT+0000" });
    expect(await itemAfter(code, { nowMs: 1_000, seed: 7 })).toEqual(first);
  });

  it("gives other random numbers for another seed", async () => {
    expect(await itemAfter(code, { nowMs: 1_000, seed: 8 })).not.toEqual(
      await itemAfter(code, { nowMs: 1_000, seed: 7 }),
    );
  });

  it("is off by default", async () => {
    expect(await itemAfter("item = { isNow: Date.now() > 1e12 }")).toEqual({ isNow: true });
  });
});

describe("the time zone", () => {
  const before = process.env.TZ;
  beforeAll(() => void (process.env.TZ = "America/New_York"));
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it("is UTC wherever the host stands", async () => {
    expect(new Date(2020, 0, 1).getTimezoneOffset()).not.toBe(0);
    const code =
      "const date = new Date(2020, 5, 1, 12); item = { offset: date.getTimezoneOffset(), iso: date.toISOString() }";
    expect(await itemAfter(code)).toEqual({ offset: 0, iso: "2020-06-01T12:00:00.000Z" });
  });
});
