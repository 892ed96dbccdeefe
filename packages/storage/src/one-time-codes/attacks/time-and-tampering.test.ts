import { confirmRequest, wrongCode } from "@onceflow/one-time-code/testing";
import { describe, expect, it, vi } from "vitest";
import { lockedConfirms } from "../../testing/locked-confirms.ts";
import { openBench } from "../testing/open-bench.ts";

describe("time", () => {
  it("is up for a confirm that waited for a lock across the expiry", async () => {
    const bench = await openBench();
    const issued = await bench.issue({ lifetimeSeconds: 60 });
    const code = await bench.codeOf(issued);
    const holder = await bench.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM otp.challenges WHERE challenge_id = $1 FOR UPDATE", [issued.challengeId]);
    const waiting = bench.confirm(code);
    await expect.poll(() => lockedConfirms(bench.database.pool)).toBe(1);
    await bench.advance(60_000);
    await holder.query("COMMIT");
    holder.release();
    expect((await waiting).outcome).toBe("refused");
    expect(await bench.attemptsOf(issued)).toBe(0);
  });

  it("is the database's, whatever the clock of the process says", async () => {
    const bench = await openBench();
    const early = await bench.codeOf(await bench.issue({ sessionId: "s-1" }));
    const late = await bench.codeOf(await bench.issue({ sessionId: "s-2" }));
    const now = Date.now();
    for (const [code, sessionId, hour] of [
      [early, "s-1", -3_600_000],
      [late, "s-2", 3_600_000],
    ] as const) {
      const clock = vi.spyOn(Date, "now").mockReturnValue(now + hour);
      expect((await bench.confirm(code, { sessionId })).outcome).toBe("confirmed");
      clock.mockRestore();
    }
  });
});

describe("a confirm", () => {
  it("that did not have its locks in time is tried once more, and counted once", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const code = await bench.codeOf(issued);
    const holder = await bench.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM otp.challenges FOR UPDATE");
    const query = vi.spyOn(bench.database.pool, "query");
    const waiting = bench.confirm(code);
    await vi.waitFor(() => expect(query).toHaveBeenCalledTimes(2), { timeout: 10_000 });
    query.mockRestore();
    await holder.query("COMMIT");
    holder.release();
    expect((await waiting).outcome).toBe("confirmed");
    expect(await bench.attemptsOf(issued)).toBe(1);
  });
});

describe("changed rows", () => {
  it("confirm nothing with the MAC of another challenge", async () => {
    const bench = await openBench();
    const [first, second] = [await bench.issue({ sessionId: "s-1" }), await bench.issue({ sessionId: "s-2" })];
    const [one, other] = [await bench.codeOf(first), await bench.codeOf(second)];
    await bench.database.pool.query(
      `UPDATE otp.challenges c SET mac = o.mac, sealed = o.sealed FROM otp.challenges o WHERE o.challenge_id <> c.challenge_id`,
    );
    for (const [code, sessionId] of [
      [one, "s-2"],
      [other, "s-1"],
      [one, "s-1"],
      [other, "s-2"],
    ] as const) {
      expect((await bench.confirm(code, { sessionId })).outcome).not.toBe("confirmed");
    }
    await expect(bench.codes.openForDelivery(first.challengeId)).rejects.toMatchObject({
      code: "sealed-code-unreadable",
    });
  });

  it("do not take attempts below none, and give no tries when somebody dropped the check", async () => {
    const bench = await openBench();
    const code = await bench.codeOf(await bench.issue());
    const { pool } = bench.database;
    await expect(pool.query("UPDATE otp.challenges SET attempts = -1")).rejects.toMatchObject({ code: "23514" });
    await pool.query("ALTER TABLE otp.challenges DROP CONSTRAINT attempts_in_range");
    for (const attempts of [-1, 5, 6]) {
      await pool.query("UPDATE otp.challenges SET attempts = $1", [attempts]);
      expect((await bench.confirm(code)).outcome).toBe("refused");
      expect((await bench.confirm(code)).outcome).toBe("refused");
    }
  });

  it("confirm nothing for another user", async () => {
    const bench = await openBench();
    const code = await bench.codeOf(await bench.issue());
    await bench.database.pool.query("UPDATE otp.challenges SET user_id = 'u-mallory', subject = 'user:u-mallory'");
    expect((await bench.confirm(code, { userId: "u-mallory" })).outcome).not.toBe("confirmed");
  });
});

describe("a database that goes away", () => {
  it("confirms nothing twice and loses no answer while connections are cut", async () => {
    const bench = await openBench();
    const issued = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        bench.issue({
          sessionId: `s-${index}`,
          user: { id: `u-${index}`, email: "a@example.test", enabled: true, test: false },
        }),
      ),
    );
    const codes = await Promise.all(issued.map((one) => bench.codeOf(one)));
    const attempts = codes.map((code, index) =>
      confirmRequest(index % 2 ? code : wrongCode(code), { sessionId: `s-${index}`, userId: null }),
    );
    const answers = Promise.all(attempts.map((attempt) => bench.codes.confirm(attempt)));
    for (let round = 0; round < 5; round += 1) {
      await bench.database.pool
        .query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .catch(() => undefined);
    }
    await answers;
    const audit = await bench.audit();
    const failures = audit.flatMap((event) => (event.event === "confirm_failed" ? [event.reason] : []));
    expect(new Set(failures)).toEqual(new Set(["wrong_code"]));
    expect((await answers).filter(({ outcome }) => outcome === "confirmed")).toHaveLength(50);
    expect(audit.filter(({ event }) => event === "confirmed")).toHaveLength(50);
    expect(audit.filter((event) => event.event === "confirm_failed" && event.reason === "wrong_code")).toHaveLength(50);
    expect(await Promise.all(attempts.map((attempt) => bench.codes.confirm(attempt)))).toEqual(await answers);
  });
});

describe("an issue and a confirm", () => {
  it("are one statement and one commit each", async () => {
    const bench = await openBench({ maxConnections: 1 });
    const { pool } = bench.database;
    const code = await bench.codeOf(await bench.issue());
    const commits = async () => {
      await pool.query("SELECT pg_stat_force_next_flush()");
      const { rows } = await pool.query<{ count: string }>(
        "SELECT xact_commit AS count FROM pg_stat_database WHERE datname = current_database()",
      );
      return Number(rows[0]?.count);
    };
    // What asking twice costs by itself.
    const asking = -(await commits()) + (await commits());
    const before = await commits();
    const query = vi.spyOn(pool, "query");
    await bench.issue({ sessionId: "s-2" });
    await bench.confirm(wrongCode(code));
    await bench.confirm("short");
    await bench.confirm(code);
    expect(query).toHaveBeenCalledTimes(4);
    query.mockRestore();
    expect((await commits()) - before - asking).toBe(4);
  });
});
