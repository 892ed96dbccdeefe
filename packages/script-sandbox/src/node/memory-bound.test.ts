import { describe, expect, it } from "vitest";
import { createNodeScriptRunner } from "./create-node-script-runner.ts";

const megabyte = 1024 * 1024;

describe("a memory bomb", () => {
  it.each([
    ["of array buffers", "const a = []; for (;;) a.push(new ArrayBuffer(1e6).slice(0))"],
    ["of strings", 'const a = []; for (;;) a.push("x".repeat(1e6) + a.length)'],
  ])("%s takes its cap and at most 80 MB more from the process", async (_, code) => {
    const runner = createNodeScriptRunner({ poolSize: 1, limits: { timeoutMs: 30_000 } });
    await runner.run({ language: "javascript", code: "item.warm = 1", item: {} });
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 1);
    const result = await runner.run({ language: "javascript", code, item: {} });
    clearInterval(watch);
    expect(result).toMatchObject({ ok: false, error: { code: "MEMORY" } });
    expect((peak - before) / megabyte).toBeLessThan(64 + 80);
    await runner.close();
  });
});
