import { dice } from "@onceflow/one-time-code/testing";
import { describe, expect, it } from "vitest";
import { openBench } from "../testing/open-bench.ts";

const clients = ["digital-workplace", "portal"];

describe("a storm of issues, resends, confirms and revocations of few users who share sessions", () => {
  it.each([1, 7, 42])("fails no call, and keeps to every limit (seed %i)", async (seed) => {
    const bench = await openBench({ maxConnections: 20 });
    const roll = dice(seed);
    const calls = Array.from({ length: 600 }, () => {
      const user = { id: `u-${roll(3)}`, email: `u-${roll(3)}@example.test`, enabled: roll(5) > 0, test: false };
      const place = { sessionId: `s-${roll(4)}`, runId: `r-${roll(6)}`, ipClass: `192.0.2.${roll(2)}/32` };
      const clientId = clients[roll(2)] ?? "portal";
      const kind = roll(10);
      return async () => {
        if (kind < 4) await bench.issue({ ...place, user, client: { id: clientId, test: false } });
        else if (kind < 8) await bench.confirm("000000", { ...place, userId: null, clientId });
        else if (kind < 9) await bench.codes.revokeRun(place.runId);
        else await bench.codes.unlock(user.id);
      };
    });
    await Promise.all(calls.map((call) => call()));
    const { pool } = bench.database;
    const { rows: slots } = await pool.query(
      "SELECT 1 FROM otp.challenges WHERE state = 'active' GROUP BY tenant, session_id, client_id, purpose HAVING count(*) > 1",
    );
    expect(slots).toEqual([]);
    const { rows: users } = await pool.query(
      "SELECT 1 FROM otp.challenges WHERE state = 'active' AND NOT decoy GROUP BY tenant, subject, client_id, purpose HAVING count(*) > 3",
    );
    expect(users).toEqual([]);
    const { rows: sealed } = await pool.query(
      "SELECT 1 FROM otp.challenges WHERE state <> 'active' AND sealed IS NOT NULL",
    );
    expect(sealed).toEqual([]);
  });
});
