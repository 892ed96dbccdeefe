import { confirmRequest, dice, wrongCode } from "@onceflow/one-time-code/testing";
import type { Finding } from "./finding.ts";
import { withBench } from "./soak-bench.ts";

const rounds = 100;
const submissions = 1000;

/** 999 wrong codes and the right one at once, in an order of dice. */
export async function rightCodeInAStorm(url: string): Promise<Finding> {
  return withBench({ url, clock: "test" }, async (bench) => {
    const seed = 20_260_101;
    const roll = dice(seed);
    let most = 0;
    let confirmed = 0;
    let mostConfirmed = 0;
    for (let round = 0; round < rounds; round += 1) {
      await bench.advance(60_000);
      const place = { sessionId: `session-${round}`, userId: `user-${round}` };
      const user = { id: place.userId, email: "a@example.test", enabled: true, test: false };
      const issued = await bench.issue({ sessionId: place.sessionId, user });
      const code = await bench.codeOf(issued);
      const typed = Array.from({ length: submissions }, (_, index) => wrongCode(code, index));
      for (let index = typed.length - 1; index > 0; index -= 1) {
        const other = roll(index + 1);
        [typed[index], typed[other]] = [typed[other] ?? "", typed[index] ?? ""];
      }
      // Half of the time the right one is among the first that arrive.
      if (round % 2 === 0) typed.splice(roll(10), 0, ...typed.splice(typed.indexOf(code), 1));
      const answers = await Promise.all(typed.map((one) => bench.codes.confirm(confirmRequest(one, place))));
      const right = answers.filter(({ outcome }) => outcome === "confirmed").length;
      confirmed += right;
      mostConfirmed = Math.max(mostConfirmed, right);
      const { rows } = await bench.database.pool.query<{ evaluated: number }>(
        `SELECT count(*)::int AS evaluated FROM onceflow.audit_events WHERE challenge_id = $1
          AND (event = 'confirmed' OR (event = 'confirm_failed' AND details->>'reason' = 'wrong_code'))`,
        [issued.challengeId],
      );
      most = Math.max(most, rows[0]?.evaluated ?? Number.POSITIVE_INFINITY);
    }
    return {
      what: `${submissions - 1} wrong codes and the right one at once, ${rounds} times (seed ${seed})`,
      figure: `at most ${most} evaluated; the right one came in time ${confirmed} times, at most ${mostConfirmed} ok at once`,
      must: "at most 5 evaluated, one ok",
      holds: most <= 5 && mostConfirmed <= 1 && confirmed > 0,
    };
  });
}
