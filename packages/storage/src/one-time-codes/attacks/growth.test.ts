import { confirmRequest, issueRequest } from "@onceflow/one-time-code/testing";
import { describe, expect, it } from "vitest";
import { openBench } from "../testing/open-bench.ts";

describe("statements that were planned while there were no challenges", () => {
  it("read the rows of their own challenge when there are thousands", async () => {
    // One connection, so that plans are made once, on empty tables.
    const bench = await openBench({ maxConnections: 1 });
    const { pool } = bench.database;
    for (let call = 0; call < 8; call += 1) await useOnce(`before-${call}`);
    await pool.query(`
      INSERT INTO otp.challenges (challenge_id, tenant, run_id, step_id, session_id, client_id, purpose, user_id, subject,
          decoy, test_mode, state, attempts, max_attempts, resends, first_issued_at, alphabet, length, kid, mac, created_at,
          expires_at)
        SELECT 'c-' || n, 'default', 'run-' || n, 'code', 'session-' || n, 'digital-workplace', 'second_factor', 'u-' || n,
          'user:u-' || n, false, false, 'expired', 0, 5, 0, 1, 'digits', 6, 'k1', '\\x00', 1, 2
        FROM generate_series(1, 5000) AS n`);
    const before = await rowsRead();
    await useOnce("after");
    expect((await rowsRead()) - before).toBeLessThan(40);

    async function useOnce(name: string): Promise<void> {
      const user = { id: `u-${name}`, email: `${name}@example.test`, enabled: true, test: false };
      const facts = { runId: `run-${name}`, sessionId: `session-${name}` };
      const issued = await bench.codes.issue(issueRequest({ ...facts, user, typedName: name }));
      const named = confirmRequest("000000", { ...facts, userId: user.id, challengeId: issued.challengeId });
      await bench.codes.confirm(named);
      const code = await bench.codeOf(issued);
      expect(await bench.codes.confirm({ ...named, attemptId: `right-${name}`, code })).toMatchObject({
        outcome: "confirmed",
      });
      await bench.codes.revokeByUser(issued.challengeId);
      await bench.codes.revokeRun(facts.runId);
    }

    async function rowsRead(): Promise<number> {
      await pool.query("SELECT pg_stat_force_next_flush()");
      const { rows } = await pool.query<{ read: number }>(
        "SELECT (seq_tup_read + idx_tup_fetch)::integer AS read FROM pg_stat_user_tables WHERE relid = 'otp.challenges'::regclass",
      );
      return rows[0]?.read ?? 0;
    }
  });
});
