import { confirmRequest, dice, issueRequest, rankAuc } from "@onceflow/one-time-code/testing";
import { createPostgresOutbox } from "../src/outbox/postgres-outbox.ts";
import type { Finding } from "./finding.ts";
import { withBench } from "./soak-bench.ts";

const pairs = 2000;

/** The times of issues for users that exist and that do not, and of wrong codes for both, taken in turns. */
export async function knownAndUnknown(url: string): Promise<Finding[]> {
  return withBench({ url }, async (bench) => {
    const outbox = createPostgresOutbox(bench.database, { tenant: "default" });
    const roll = dice(7);
    const issues = { known: [] as number[], unknown: [] as number[] };
    const confirms = { known: [] as number[], unknown: [] as number[] };

    /** One code asked for and queued, as the two steps do it; then a wrong code. */
    async function signIn(kind: "known" | "unknown"): Promise<void> {
      // Drawn alike for both: names that sort by kind would be told apart by where an index keeps them.
      const name = crypto.randomUUID();
      const user = { id: crypto.randomUUID(), email: `${name}@example.test`, enabled: true, test: false };
      const place = { runId: crypto.randomUUID(), sessionId: crypto.randomUUID(), ipClass: "192.0.2.1/32" };
      const request = issueRequest({ ...place, user: kind === "known" ? user : null, typedName: name });
      const sealed = crypto.getRandomValues(new Uint8Array(1000));
      const issueStarted = performance.now();
      const { challengeId, deliver } = await bench.codes.issue(request);
      await outbox.add({
        tenant: "default",
        idempotencyKey: request.idempotencyKey,
        runId: place.runId,
        stepId: "mail",
        clientId: request.client.id,
        userId: request.user?.id ?? null,
        challengeId,
        deliver,
        sealed,
      });
      issues[kind].push(performance.now() - issueStarted);
      // The run that asks is nobody's yet: its caller has no user. Any code is wrong, but for one in a million.
      const attempt = confirmRequest("000000", { ...place, userId: null, challengeId });
      const confirmStarted = performance.now();
      const { outcome } = await bench.codes.confirm(attempt);
      confirms[kind].push(performance.now() - confirmStarted);
      if (outcome === "refused") throw new Error("A wrong code was refused.");
    }

    for (let pair = -100; pair < pairs; pair += 1) {
      if (pair === 0) for (const times of [issues, confirms]) times.known.length = times.unknown.length = 0;
      const kinds = ["known", "unknown"] as const;
      for (const kind of roll(2) === 0 ? kinds : kinds.toReversed()) await signIn(kind);
    }
    return [
      finding("issuing and queueing for known and unknown users", issues),
      finding("confirming wrong codes of known users and of decoys", confirms),
    ];
  });
}

function finding(what: string, { known, unknown }: Record<"known" | "unknown", readonly number[]>): Finding {
  const auc = rankAuc(known, unknown);
  const middle = (times: readonly number[]) =>
    (times.toSorted((left, right) => left - right)[times.length >> 1] ?? Number.NaN).toFixed(2);
  return {
    what: `${what}, 2 × ${known.length.toLocaleString("en")} in turns`,
    figure: `rank AUC ${auc.toFixed(3)} (medians ${middle(known)} and ${middle(unknown)} ms)`,
    must: "0.45 to 0.55",
    holds: auc >= 0.45 && auc <= 0.55,
  };
}
