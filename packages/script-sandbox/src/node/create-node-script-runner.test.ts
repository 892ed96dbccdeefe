import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { JsonObject, ScriptRequest } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import { createNodeScriptRunner } from "./create-node-script-runner.ts";
import type { NodeScriptRunnerOptions } from "./create-node-script-runner.ts";

function script(code: string, more: Partial<ScriptRequest> = {}): ScriptRequest {
  return { language: "javascript", code, item: {}, ...more };
}

async function withRunner<T>(
  options: NodeScriptRunnerOptions,
  use: (runner: ReturnType<typeof createNodeScriptRunner>) => Promise<T>,
): Promise<T> {
  const runner = createNodeScriptRunner(options);
  try {
    return await use(runner);
  } finally {
    await runner.close();
  }
}

const endless = "for (;;);";
const busy = { ok: false, error: { code: "BUSY" }, console: [] };

describe("createNodeScriptRunner", () => {
  it("runs many scripts at once and mixes none of them up", () =>
    withRunner({ poolSize: 3 }, async (runner) => {
      const numbers = Array.from({ length: 60 }, (_, index) => index);
      const results = await Promise.all(
        numbers.map((number) =>
          runner.run(script("globalThis.seen ??= []; seen.push(item.n); item.seen = seen", { item: { n: number } })),
        ),
      );
      expect(results.map((result) => result.ok && result.item)).toEqual(numbers.map((n) => ({ n, seen: [n] })));
    }));

  it("says BUSY when as many wait as may, and goes on with those", () =>
    withRunner({ poolSize: 1, queueLimit: 2 }, async (runner) => {
      const [first, second, third, fourth] = await Promise.all(
        ["1", "2", "3", "4"].map((n) => runner.run(script(`item.n = ${n}`))),
      );
      expect([first, second, third]).toMatchObject([{ item: { n: 1 } }, { item: { n: 2 } }, { item: { n: 3 } }]);
      expect(fourth).toMatchObject(busy);
    }));

  it("never changes the item that it was given", () =>
    withRunner({ poolSize: 1 }, async (runner) => {
      const item: JsonObject = { list: [1] };
      expect(await runner.run(script("item.list.push(2)", { item }))).toMatchObject({ item: { list: [1, 2] } });
      expect(item).toEqual({ list: [1] });
    }));

  it("goes on after more runs than one worker serves", () =>
    withRunner({ poolSize: 1, queueLimit: 2_000 }, async (runner) => {
      const results = await Promise.all(Array.from({ length: 1_005 }, () => runner.run(script("item.ok = 1"))));
      expect(results.every((result) => result.ok)).toBe(true);
    }));

  it("refuses another language, a long script and a large or deep item before anything runs", () =>
    withRunner({ poolSize: 1, limits: { sourceBytes: 10, jsonBytes: 20, depth: 2 } }, async (runner) => {
      const forbidden = (about: string) => ({
        ok: false,
        error: { code: "FORBIDDEN", message: expect.stringContaining(about) },
      });
      expect(await runner.run(script("1", { language: "python" }))).toMatchObject(forbidden('"python"'));
      expect(await runner.run(script("'ééééé'"))).toMatchObject(forbidden("longer than 10 bytes"));
      expect(await runner.run(script("1", { item: { text: "x".repeat(20) } }))).toMatchObject(
        forbidden("larger than 20 bytes"),
      );
      expect(await runner.run(script("1", { item: { a: { b: {} } } }))).toMatchObject(forbidden("more than 2 levels"));
    }));

  it("ends a running script on abort with the signal's reason, and runs the next", () =>
    withRunner({ poolSize: 1, limits: { timeoutMs: 60_000 } }, async (runner) => {
      await runner.run(script("item.warm = 1"));
      const controller = new AbortController();
      const run = runner.run(script(endless, { signal: controller.signal }));
      const reason = new Error("the run was cancelled");
      setImmediate(() => controller.abort(reason));
      await expect(run).rejects.toBe(reason);
      expect(await runner.run(script("item.ok = 1"))).toMatchObject({ item: { ok: 1 } });
    }));

  it("forgets a waiting script on abort", () =>
    withRunner({ poolSize: 1, queueLimit: 1 }, async (runner) => {
      const controller = new AbortController();
      const first = runner.run(script("item.n = 1"));
      const second = runner.run(script("item.n = 2", { signal: controller.signal }));
      controller.abort("gone");
      const third = runner.run(script("item.n = 3"));
      await expect(second).rejects.toBe("gone");
      expect([await first, await third]).toMatchObject([{ item: { n: 1 } }, { item: { n: 3 } }]);
    }));

  it("starts nothing for a signal that is aborted already", () =>
    withRunner({}, async (runner) => {
      await expect(runner.run(script("1", { signal: AbortSignal.abort("late") }))).rejects.toBe("late");
    }));

  it("answers BUSY to running, waiting and later scripts once it is closed", async () => {
    const runner = createNodeScriptRunner({ poolSize: 1, limits: { timeoutMs: 60_000 } });
    await runner.run(script("item.warm = 1"));
    const running = runner.run(script(endless));
    const waiting = runner.run(script("1"));
    await runner.close();
    expect([await running, await waiting, await runner.run(script("1"))]).toMatchObject([busy, busy, busy]);
  });

  it("answers BUSY to a script whose worker was still starting", async () => {
    const runner = createNodeScriptRunner({ poolSize: 1 });
    const starting = runner.run(script("1"));
    setImmediate(() => void runner.close());
    expect(await starting).toMatchObject(busy);
  });

  it("lets a process end that never closes it, and shows scripts none of its surroundings", async () => {
    const index = JSON.stringify(new URL("./index.ts", import.meta.url).href);
    const program = `
      const { createNodeScriptRunner } = await import(${index});
      const result = await createNodeScriptRunner().run({ language: "javascript", code: "console.log('x'); item.ok = 1", item: {} });
      console.log(JSON.stringify(result));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--conditions=source",
      "--input-type=module",
      "-e",
      program,
    ]);
    expect(JSON.parse(stdout)).toEqual({ ok: true, item: { ok: 1 }, console: [{ level: "log", text: "x" }] });
  });
});
