import { describe, expect, it } from "vitest";
import type { OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import { describeOneTimeCodeStore } from "../testing/index.ts";
import { createTestBench, type OneTimeCodeStoreFixture, wrongCode } from "../testing/test-bench.ts";
import { createMemoryOneTimeCodeStore } from "./memory-one-time-code-store.ts";

function createFixture(): OneTimeCodeStoreFixture {
  const audit: OneTimeCodeAuditEvent[] = [];
  let nowMs = Date.UTC(2026, 0, 1);
  const store = createMemoryOneTimeCodeStore({ now: () => nowMs, onAudit: (event) => audit.push(event) });
  return { store, advance: (ms) => void (nowMs += ms), audit: () => [...audit], dump: () => store.dump() };
}

describeOneTimeCodeStore("memory", createFixture);

describe("createMemoryOneTimeCodeStore", () => {
  it("refuses while its clock is behind the issue, and confirms once it has caught up", async () => {
    const bench = createTestBench(createFixture());
    const code = await bench.codeOf(await bench.issue());
    await bench.advance(-1);
    expect((await bench.confirm(code)).outcome).toBe("refused");
    await bench.advance(1);
    expect((await bench.confirm(code)).outcome).toBe("confirmed");
  });

  it("goes on after a commit that threw", async () => {
    let broken = true;
    const store = createMemoryOneTimeCodeStore({
      now: () => 0,
      onAudit: () => {
        if (broken) throw new Error("disk full");
      },
    });
    const bench = createTestBench({ store, advance: () => {}, audit: () => [], dump: () => store.dump() });
    await expect(bench.issue()).rejects.toThrow("disk full");
    broken = false;
    const code = await bench.codeOf(await bench.issue());
    expect((await bench.confirm(wrongCode(code))).outcome).toBe("rejected");
  });
});
