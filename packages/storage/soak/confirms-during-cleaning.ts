import { confirmRequest } from "@onceflow/one-time-code/testing";
import { cleanInBatches } from "../src/database/clean-in-batches.ts";
import type { Finding } from "./finding.ts";
import { type SoakBench, withBench } from "./soak-bench.ts";

const expired = 1_000_000;
const blocks = 20;
const confirmsPerBlock = 100;
/** Confirms that are on their way at a time. */
const lanes = 4;

/** Confirms beside the cleaning of a million expired challenges, and without it, in turns. */
export async function confirmsDuringCleaning(url: string): Promise<Finding> {
  return withBench({ url }, async (bench) => {
    await fill(bench);
    await confirmBlock(bench, { name: "warm-up" });
    const quiet: number[] = [];
    const cleaning: number[] = [];
    let cleaned = 0;
    for (let block = 0; block < blocks; block += 1) {
      // A B B A: whatever drifts does so for both.
      const cleans = block % 4 === 1 || block % 4 === 2;
      const over = new AbortController();
      const cleaner = cleans ? cleanInBatches((options) => bench.store.clean(options), over) : Promise.resolve(0);
      (cleans ? cleaning : quiet).push(...(await confirmBlock(bench, { name: `block-${block}` })));
      over.abort();
      cleaned += await cleaner;
    }
    const ratio = percentile(cleaning, 99) / percentile(quiet, 99);
    const line = (times: readonly number[]) =>
      `p50 ${percentile(times, 50).toFixed(1)}, p99 ${percentile(times, 99).toFixed(1)} ms`;
    return {
      what: `${cleaning.length} confirms while ${cleaned.toLocaleString("en")} of ${expired.toLocaleString("en")} expired challenges are cleaned away`,
      figure: `p99 × ${ratio.toFixed(2)} (${line(cleaning)}; without: ${line(quiet)})`,
      must: "p99 < 2 × that without cleaning",
      holds: ratio < 2 && cleaning.length >= 1000 && cleaned > 0,
    };
  });
}

/** Challenges that were over two days ago, as so many issues would have left them. */
async function fill({ database: { pool } }: SoakBench): Promise<void> {
  const client = await pool.connect();
  await client.query("SET statement_timeout = 0");
  await client.query(
    `INSERT INTO otp.challenges (challenge_id, tenant, run_id, step_id, session_id, client_id, purpose, user_id, subject,
        decoy, test_mode, state, attempts, max_attempts, resends, first_issued_at, alphabet, length, kid, mac, created_at,
        expires_at)
      SELECT gen_random_uuid(), 'default', 'old-' || n, 'code', 'old-' || n, 'digital-workplace', 'second_factor',
          'old-' || n, 'user:old-' || n, false, false, 'active', 0, 5, 0, t, 'digits', 6, 'k1', sha256(int4send(n)), t,
          t + 300000
        FROM generate_series(1, $1) AS n, LATERAL (SELECT otp.now() - 2 * 86400000::bigint + n / 100 AS t)`,
    [expired],
  );
  await client.query("VACUUM ANALYZE otp.challenges");
  client.release(true);
}

/** The times of right codes confirmed in sessions of their own, in milliseconds. */
async function confirmBlock(bench: SoakBench, { name }: { name: string }): Promise<number[]> {
  const places = Array.from({ length: confirmsPerBlock }, (_, index) => ({
    sessionId: `${name}-${index}`,
    userId: `${name}-${index}`,
  }));
  const requests = [];
  for (const place of places) {
    const user = { id: place.userId, email: "a@example.test", enabled: true, test: false };
    const issued = await bench.issue({ sessionId: place.sessionId, user });
    requests.push(confirmRequest(await bench.codeOf(issued), place));
  }
  const times: number[] = [];
  const waiting = requests.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const request of waiting) {
        const started = performance.now();
        const { outcome } = await bench.codes.confirm(request);
        times.push(performance.now() - started);
        if (outcome !== "confirmed") throw new Error(`A right code was ${outcome}.`);
      }
    }),
  );
  return times;
}

function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN;
}
