import type { Challenge } from "@onceflow/one-time-code";
import { literalText as text } from "./literal-text.ts";

/** A challenge as the functions of the database answer it; `bigint` arrives as text. */
export interface ChallengeRecord {
  readonly challenge_id: string;
  readonly tenant: string;
  readonly run_id: string;
  readonly step_id: string;
  readonly session_id: string;
  readonly client_id: string;
  readonly purpose: Challenge["purpose"];
  readonly user_id: string | null;
  readonly decoy: boolean;
  readonly test_mode: boolean;
  readonly state: Challenge["state"];
  readonly attempts: number;
  readonly max_attempts: number;
  readonly malformed: number;
  readonly resends: number;
  readonly first_issued_at: string;
  readonly alphabet: Challenge["alphabet"];
  readonly length: number;
  readonly kid: string;
  readonly sealed: Buffer | null;
  readonly created_at: string;
  readonly expires_at: string;
}

/** The challenge of a record. */
export function toChallenge(record: ChallengeRecord): Challenge {
  return {
    challengeId: record.challenge_id,
    tenant: text(record.tenant),
    runId: text(record.run_id),
    stepId: text(record.step_id),
    sessionId: text(record.session_id),
    clientId: text(record.client_id),
    purpose: record.purpose,
    userId: record.user_id === null ? null : text(record.user_id),
    decoy: record.decoy,
    testMode: record.test_mode,
    state: record.state,
    attempts: record.attempts,
    maxAttempts: record.max_attempts,
    malformed: record.malformed,
    resends: record.resends,
    firstIssuedAtMs: Number(record.first_issued_at),
    alphabet: record.alphabet,
    length: record.length,
    kid: text(record.kid),
    sealed: record.sealed,
    createdAtMs: Number(record.created_at),
    expiresAtMs: Number(record.expires_at),
  };
}
