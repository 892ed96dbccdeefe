import type {
  ChallengeConfirmation,
  ChallengeIssue,
  IssueChallengeRequest,
  OneTimeCodePolicy,
  OneTimeCodeStore,
} from "@onceflow/one-time-code";
import type pg from "pg";
import { storeCall } from "../database/store-unavailable-error.ts";
import { type ChallengeRecord, toChallenge } from "./challenge-record.ts";
import { commitOnce } from "./commit-once.ts";
import { literalText } from "./literal-text.ts";
import { wellFormedText as text } from "./well-formed-text.ts";

type IssueRecord = ChallengeRecord & {
  readonly suppressed: ChallengeIssue["suppressed"];
  readonly resend_available_at: string;
};

interface ConfirmRecord {
  readonly outcome: ChallengeConfirmation["outcome"];
  readonly retry_at: string | null;
  readonly at_ms: string | null;
  readonly challenge_id: string | null;
  readonly user_id: string | null;
}

const issueCall = callOf("otp.issue", 34);
const confirmCall = callOf("otp.confirm", 23);
const callLimitCall = callOf("otp.call_limit", 11);

function callOf(name: string, parameters: number): string {
  return `SELECT * FROM ${name}(${Array.from({ length: parameters }, (_, index) => `$${index + 1}`).join(", ")})`;
}

/**
 * Keeps challenges and budgets in PostgreSQL. Issue and confirm are one statement, one round trip and one commit each:
 * functions of the database that decide by its clock.
 */
export function createPostgresOneTimeCodeStore({ pool }: { pool: pg.Pool }): OneTimeCodeStore {
  return {
    async issue(request) {
      const values = issueValues(request);
      const { rows } = await commitOnce(() => pool.query<IssueRecord>({ name: "otp.issue", text: issueCall, values }));
      const [record] = rows;
      if (record === undefined) throw new Error("otp.issue answered nothing.");
      return {
        challenge: toChallenge(record),
        suppressed: record.suppressed,
        resendAvailableAtMs: Number(record.resend_available_at),
      };
    },

    async confirm(request) {
      const { policy, shape, digests } = request;
      const limits = columnsOf(policy);
      const values = [
        text(request.tenant),
        text(request.attemptId),
        text(request.runId),
        text(request.stepId),
        text(request.sessionId),
        text(request.clientId),
        request.purpose,
        request.ipClass,
        request.userId === null ? null : text(request.userId),
        request.challengeId === null ? null : text(request.challengeId),
        shape?.length ?? null,
        shape?.alphabets ?? [],
        digests.map(({ kid }) => text(kid)),
        digests.map(({ digest }) => Buffer.from(digest)),
        policy.maxMalformed,
        policy.userFailures.seconds,
        policy.userFailures.max,
        limits.waitAfter,
        limits.waitSeconds,
        policy.networkConfirms.seconds,
        policy.networkConfirms.max,
        policy.clientConfirms.seconds,
        policy.clientConfirms.max,
      ];
      const { rows } = await commitOnce(() =>
        pool.query<ConfirmRecord>({ name: "otp.confirm", text: confirmCall, values }),
      );
      return toConfirmation(rows[0]);
    },

    async revokeRun({ tenant, runId }) {
      await revoke([text(tenant), text(runId), null, "revoked_by_run"]);
    },

    async revokeByUser({ tenant, challengeId }) {
      return (await revoke([text(tenant), null, text(challengeId), "revoked_by_user"])) > 0;
    },

    async unlock({ tenant, userId }) {
      await commitOnce(() => pool.query("SELECT otp.unlock($1, $2)", [text(tenant), text(userId)]));
    },

    async read({ tenant, challengeId }) {
      const { rows } = await storeCall(() =>
        pool.query<ChallengeRecord>({
          name: "otp.read",
          text: "SELECT a.* FROM otp.challenges c, LATERAL otp.answer_issue(c, otp.now(), NULL, 0) a WHERE c.challenge_id = $1 AND c.tenant = $2",
          values: [text(challengeId), text(tenant)],
        }),
      );
      return rows[0] === undefined ? null : toChallenge(rows[0]);
    },

    async callLimit({ tenant, clientId, ipClass, policy }) {
      const limits = [policy.networkIssues, policy.networkConfirms, policy.clientIssues, policy.clientConfirms];
      const values = [text(tenant), text(clientId), ipClass, ...limits.flatMap(({ seconds, max }) => [seconds, max])];
      const { rows } = await storeCall(() =>
        pool.query<{ retry_at: string | null; now_ms: string }>({
          name: "otp.call_limit",
          text: callLimitCall,
          values,
        }),
      );
      const retryAt = rows[0]?.retry_at ?? null;
      return retryAt === null ? null : { retryAtMs: Number(retryAt), nowMs: Number(rows[0]?.now_ms) };
    },

    async clean({ batch }) {
      const { rows } = await storeCall(() => pool.query<{ count: number }>("SELECT otp.clean($1) AS count", [batch]));
      return rows[0]?.count ?? 0;
    },
  };

  async function revoke(values: readonly (string | null)[]): Promise<number> {
    const { rows } = await commitOnce(() =>
      pool.query<{ count: number }>("SELECT otp.revoke($1, $2, $3, $4) AS count", [...values]),
    );
    return rows[0]?.count ?? 0;
  }
}

function issueValues(request: IssueChallengeRequest): unknown[] {
  const { policy } = request;
  const limits = columnsOf(policy);
  return [
    text(request.tenant),
    text(request.idempotencyKey),
    text(request.runId),
    text(request.stepId),
    text(request.sessionId),
    text(request.clientId),
    request.purpose,
    request.ipClass,
    request.userId === null ? null : text(request.userId),
    text(request.subject),
    request.destinationHash,
    request.decoy,
    request.testMode,
    request.challengeId,
    request.alphabet,
    request.length,
    request.lifetimeSeconds * 1000,
    text(request.kid),
    Buffer.from(request.mac),
    request.sealed === null ? null : Buffer.from(request.sealed),
    policy.maxAttempts,
    policy.maxActivePerUser,
    policy.resendCooldownSeconds * 1000,
    policy.maxResends,
    policy.maxChainSeconds * 1000,
    policy.minSendSeconds * 1000,
    limits.userSeconds,
    limits.userMax,
    limits.destinationSeconds,
    limits.destinationMax,
    policy.networkIssues.seconds,
    policy.networkIssues.max,
    policy.clientIssues.seconds,
    policy.clientIssues.max,
  ];
}

/** The lists of a policy as array literals of PostgreSQL. */
interface PolicyColumns {
  readonly userSeconds: string;
  readonly userMax: string;
  readonly destinationSeconds: string;
  readonly destinationMax: string;
  readonly waitAfter: string;
  readonly waitSeconds: string;
}

const columnsByPolicy = new WeakMap<OneTimeCodePolicy, PolicyColumns>();

/** Written once per policy: it is in every statement. */
function columnsOf(policy: OneTimeCodePolicy): PolicyColumns {
  const known = columnsByPolicy.get(policy);
  if (known !== undefined) return known;
  // The largest last: the functions keep so many times.
  const user = policy.userIssues.toSorted((left, right) => left.max - right.max);
  const destination = policy.destinationIssues.toSorted((left, right) => left.max - right.max);
  const columns: PolicyColumns = {
    userSeconds: arrayOf(user.map(({ seconds }) => seconds)),
    userMax: arrayOf(user.map(({ max }) => max)),
    destinationSeconds: arrayOf(destination.map(({ seconds }) => seconds)),
    destinationMax: arrayOf(destination.map(({ max }) => max)),
    waitAfter: arrayOf(policy.failureWaits.map(({ after }) => after)),
    waitSeconds: arrayOf(policy.failureWaits.map(({ seconds }) => seconds)),
  };
  columnsByPolicy.set(policy, columns);
  return columns;
}

function arrayOf(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`;
}

function toConfirmation(record: ConfirmRecord | undefined): ChallengeConfirmation {
  switch (record?.outcome) {
    case "confirmed":
      return {
        outcome: "confirmed",
        atMs: Number(record.at_ms),
        challengeId: record.challenge_id ?? "",
        userId: literalText(record.user_id ?? ""),
      };
    case "rejected":
      return { outcome: "rejected", retryAtMs: record.retry_at === null ? null : Number(record.retry_at) };
    case "refused":
      return { outcome: "refused" };
    case undefined:
      throw new Error("otp.confirm answered nothing.");
  }
}
