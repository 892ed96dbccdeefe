import { describe, expect, it } from "vitest";
import { openBench } from "../testing/open-bench.ts";

describe("ids that PostgreSQL has no place for", () => {
  it.each([
    ["NUL", "a\0b"],
    ["a lone surrogate", "a\ud800b"],
    ["the mark of an escaped id", "\u0001a"],
    ["what an escaped id looks like", "\u000161 0 62"],
  ])("are taken literally: %s", async (_name, id) => {
    const bench = await openBench();
    const other = await bench.issue({ sessionId: "a b", runId: "a b" });
    const issued = await bench.issue({ sessionId: id, runId: id });
    const code = await bench.codeOf(issued);
    expect((await bench.confirm(code, { sessionId: "ab" })).outcome).toBe("refused");
    expect(await bench.store.read({ tenant: "default", challengeId: issued.challengeId })).toMatchObject({
      sessionId: id,
      runId: id,
    });
    expect((await bench.confirm(code, { sessionId: id })).outcome).toBe("confirmed");
    await bench.codes.revokeRun(id);
    expect(await bench.codes.openForDelivery(other.challengeId)).not.toBeNull();
  });
});
