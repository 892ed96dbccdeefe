import { confirmRequest, issueRequest, wrongCode } from "@onceflow/one-time-code/testing";
import { describe, expect, it } from "vitest";
import { openBench, type PostgresBench } from "../testing/open-bench.ts";

const day = 24 * 3_600_000;

async function count({ database }: PostgresBench, table: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
  return Number(rows[0]?.count);
}

describe("cleaning", () => {
  it("goes on until what is left is not due: challenges, attempts, answered issues and budgets", async () => {
    const bench = await openBench();
    for (let index = 0; index < 3; index += 1) {
      await bench.issue({ sessionId: `s-${index}`, ipClass: "192.0.2.1/32" });
      for (let time = 0; time < 4; time += 1) await bench.confirm("12", { sessionId: `s-${index}` });
    }
    await bench.advance(9 * day);
    const live = await bench.issue({ sessionId: "live", user: null, typedName: "ghost" });
    while ((await bench.store.clean({ batch: 2 })) === 2);
    expect(await count(bench, "otp.challenges")).toBe(1);
    expect(await count(bench, "otp.attempts")).toBe(0);
    expect(await count(bench, "otp.issues")).toBe(1);
    const { rows } = await bench.database.pool.query("SELECT DISTINCT scope FROM otp.budgets ORDER BY scope");
    expect(rows).toEqual([{ scope: "destination" }, { scope: "issues" }]);
    expect((await bench.store.read({ tenant: "default", challengeId: live.challengeId }))?.state).toBe("active");
  });

  it("lets a step that comes back days later ask anew, however far the cleaning got", async () => {
    const bench = await openBench();
    const requests = Array.from({ length: 6 }, (_, index) => issueRequest({ sessionId: `s-${index}` }));
    for (const request of requests) await bench.codes.issue(request);
    await bench.advance(2 * day);
    await bench.database.pool.query(
      "DELETE FROM otp.challenges WHERE challenge_id IN (SELECT challenge_id FROM otp.challenges LIMIT 3)",
    );
    for (const request of requests) {
      expect(await bench.codes.issue(request)).toMatchObject({ challengeId: expect.any(String), length: 6 });
    }
  });

  it("takes nothing away from confirms that go on beside it", async () => {
    const bench = await openBench();
    for (let index = 0; index < 200; index += 1) {
      await bench.issue({
        sessionId: `old-${index}`,
        user: { id: `old-${index}`, email: "a@example.test", enabled: true, test: false },
      });
    }
    await bench.advance(2 * day);
    const issued = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        bench.issue({
          sessionId: `s-${index}`,
          user: { id: `u-${index}`, email: "a@example.test", enabled: true, test: false },
        }),
      ),
    );
    const codes = await Promise.all(issued.map((one) => bench.codeOf(one)));
    const place = (index: number) => ({ sessionId: `s-${index}`, userId: `u-${index}` });
    const cleaning = Promise.all(Array.from({ length: 40 }, () => bench.store.clean({ batch: 10 })));
    const answers = await Promise.all(
      codes.flatMap((code, index) => [
        bench.codes.confirm(confirmRequest(wrongCode(code), place(index))),
        bench.codes.confirm(confirmRequest(code, place(index))),
      ]),
    );
    expect(answers.filter(({ outcome }) => outcome === "confirmed")).toHaveLength(50);
    expect(Math.max(...(await cleaning))).toBe(10);
    while ((await bench.store.clean({ batch: 100 })) > 0);
    expect(await count(bench, "otp.challenges")).toBe(50);
  });
});
