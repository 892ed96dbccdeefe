import { confirmRequest, wrongCode } from "@onceflow/one-time-code/testing";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { startTestServer } from "../../testing/test-server.ts";
import { openBench } from "../testing/open-bench.ts";

/** Kills the process of a connection that confirms right now: PostgreSQL then cuts off all others and recovers. */
async function killOneThatConfirms(serverUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: serverUrl });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%otp.confirm%' AND pid <> pg_backend_pid() LIMIT 1",
    );
    if (rows[0] === undefined) return false;
    process.kill(rows[0].pid, "SIGKILL");
    return true;
  } catch {
    // It recovers from the last one.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What an engine does whose store is away: the same call again. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "store-unavailable")) throw error;
    }
  }
}

describe("a database that crashes with 100 confirms in flight", () => {
  // A server that was handed in is not ours to kill.
  it.skipIf(Boolean(process.env["DATABASE_URL"]))("confirms nothing twice, and loses no answer", async () => {
    const server = await startTestServer();
    onTestFinished(() => server.close());
    const bench = await openBench({ serverUrl: server.url });
    const places = Array.from({ length: 100 }, (_, index) => ({ sessionId: `s-${index}`, userId: `u-${index}` }));
    const codes: string[] = [];
    for (const { sessionId, userId } of places) {
      const user = { id: userId, email: "a@example.test", enabled: true, test: false };
      codes.push(await bench.codeOf(await bench.issue({ sessionId, user })));
    }
    const attempts = places.map((place, index) => {
      const code = codes[index] ?? "";
      return confirmRequest(index % 2 ? code : wrongCode(code), place);
    });
    const progress = { answered: 0 };
    const answers = Promise.all(
      attempts.map(async (attempt) => {
        const answer = await insist(() => bench.codes.confirm(attempt));
        progress.answered += 1;
        return answer;
      }),
    );
    let kills = 0;
    while (progress.answered < 100 && kills < 2) if (await killOneThatConfirms(server.url)) kills += 1;
    expect(kills).toBeGreaterThan(0);
    const outcomes = (await answers).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(places.map((_, index) => (index % 2 ? "confirmed" : "rejected")));
    const audit = await insist(async () => bench.audit());
    expect(audit.filter(({ event }) => event === "confirmed")).toHaveLength(50);
    expect(audit.filter(({ event }) => event === "confirm_failed")).toHaveLength(50);
    expect(await Promise.all(attempts.map((attempt) => bench.codes.confirm(attempt)))).toEqual(await answers);
  });
});
