import { createOneTimeCodePolicy } from "@onceflow/one-time-code";
import { describe, expect, it } from "vitest";
import { lockedConfirms } from "../../testing/locked-confirms.ts";
import { openBench } from "../testing/open-bench.ts";

const policy = createOneTimeCodePolicy({ clientConfirms: { seconds: 60, max: 40 } });

describe("a client's budget", () => {
  it("is spent exactly, and fails nobody, when ever so many are at its last calls", async () => {
    const bench = await openBench({ maxConnections: 30 });
    const codes = bench.serve({ policy });
    for (let minute = 0; minute < 5; minute += 1) {
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          bench.confirmWith(codes, "000000", { sessionId: `none-${minute}-${index}` }),
        ),
      );
      expect(answers.filter(({ outcome }) => outcome === "refused")).toHaveLength(40);
      expect(answers.filter(({ outcome }) => outcome === "rejected")).toHaveLength(160);
      await bench.advance(60_000);
    }
  });

  it("is not given back by a call that waited from one minute into the next", async () => {
    const bench = await openBench();
    const codes = bench.serve({ policy });
    const confirm = (sessionId: string) => bench.confirmWith(codes, "000000", { sessionId });
    await confirm("first");
    const holder = await bench.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM otp.client_budgets FOR UPDATE");
    const late = confirm("late");
    await expect.poll(() => lockedConfirms(bench.database.pool)).toBe(1);
    await bench.advance(60_000);
    // The whole next minute, spent while the other one waits.
    await holder.query(
      "UPDATE otp.client_budgets SET used = (40 + stripe) / 16, window_start = otp.now() / 60000 * 60000",
    );
    await holder.query("COMMIT");
    holder.release();
    expect(await late).toMatchObject({
      outcome: "rejected",
      retryAt: new Date(Date.UTC(2026, 0, 1, 0, 2)).toISOString(),
    });
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => confirm(`next-${index}`)));
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => "rejected"));
  });
});
