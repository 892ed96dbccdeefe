import { describe, expect, it } from "vitest";
import type { OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import { describeOneTimeCodeStore } from "../testing/index.ts";
import {
  confirmRequest,
  createTestBench,
  dana,
  issueRequest,
  type OneTimeCodeStoreFixture,
  wrongCode,
} from "../testing/test-bench.ts";
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

  const day = 24 * 3_600_000;

  it("forgets challenges, attempts and idempotency keys a day after the expiry, and not before", async () => {
    const bench = createTestBench(createFixture());
    const request = issueRequest();
    const first = await bench.codes.issue(request);
    const wrong = confirmRequest(wrongCode(await bench.codeOf(first)));
    const right = confirmRequest(await bench.codeOf(first));
    await bench.codes.confirm(wrong);
    const confirmed = await bench.codes.confirm(right);
    const late = confirmRequest("123456", { challengeId: "no-such-challenge" });
    await bench.codes.confirm(late);

    await bench.advance(300_000 + day - 1);
    await bench.issue({ sessionId: "session-2", runId: "run-2" });
    expect(await bench.codes.issue(request)).toEqual({ ...first, deliver: false });
    expect(await bench.codes.confirm(right)).toEqual(confirmed);
    expect((await bench.codes.confirm(wrong)).outcome).toBe("rejected");
    expect(bench.dump()).toHaveLength(2 + 3);

    await bench.advance(1);
    const fresh = await bench.codes.issue(request);
    expect(fresh.challengeId).not.toBe(first.challengeId);
    expect(bench.dump()).toHaveLength(2);
    expect(await bench.store.read({ tenant: "default", challengeId: first.challengeId })).toBeNull();
    await bench.codes.revokeRun("run-1");
    expect(await bench.codes.openForDelivery(fresh.challengeId)).toBeNull();
  });

  it("keeps what is live while it forgets, and no more than a day's challenges", async () => {
    const bench = createTestBench(createFixture());
    for (let round = 0; round < 50; round += 1) {
      for (let run = 0; run < 4; run += 1) {
        const place = { sessionId: `session-${round}-${run}`, runId: `run-${round}` };
        const lifetimeSeconds = run % 2 === 0 ? 60 : 600;
        await bench.issue({ ...place, lifetimeSeconds, user: { ...dana, id: `u-${run}` } });
        await bench.confirm("000000", { ...place, userId: `u-${run}` });
      }
      await bench.advance(3_600_000);
      const issued = await bench.issue({ sessionId: "live" });
      expect((await bench.confirm(await bench.codeOf(issued), { sessionId: "live" })).outcome).toBe("confirmed");
    }
    // Each challenge has one attempt; those of the last day are kept.
    expect(bench.dump()).toHaveLength(2 * (24 * 4 + 25));
  });

  it("forgets in batches", async () => {
    const bench = createTestBench(createFixture());
    for (let index = 0; index < 250; index += 1) await bench.issue({ sessionId: `session-${index}` });
    await bench.advance(300_000 + day);
    const left = [];
    for (let index = 0; index < 4; index += 1) {
      await bench.issue();
      left.push((bench.dump() as unknown[]).length);
    }
    expect(left).toEqual([151, 52, 3, 4]);
  });
});
