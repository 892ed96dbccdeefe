import type { CodeContext } from "../binding/code-digest.ts";
import type { Challenge } from "../store/challenge.ts";
import type { IssueSuppression } from "../store/one-time-code-audit-event.ts";
import type { ChallengeConfirmation } from "../store/one-time-code-store.ts";
import type { ClientWindow } from "./client-window.ts";
import type { Hits } from "./rolling-window.ts";

/** A challenge as it is kept. */
export interface ChallengeRow extends Omit<Challenge, "state" | "attempts" | "malformed" | "sealed"> {
  state: Challenge["state"];
  attempts: number;
  malformed: number;
  sealed: Uint8Array | null;
  readonly subject: string;
  readonly mac: Uint8Array;
}

/** What a call of issue was answered: of a suppressed one an older challenge, maybe. */
export interface IssueRow {
  readonly challenge: ChallengeRow;
  readonly suppressed: IssueSuppression | null;
  readonly resendAvailableAtMs: number;
}

/** A submission as it is kept, by the fingerprint of who typed what. */
interface AttemptRow {
  readonly kid: string;
  readonly fingerprint: Uint8Array;
  readonly answer: ChallengeConfirmation;
  /** When its challenge was over, or it came itself if that was later; milliseconds since 1970. */
  readonly overAtMs: number;
}

/** The rows and their indexes; keys are made with `rowKey`. */
export interface ChallengeTable {
  readonly byId: Map<string, ChallengeRow>;
  /** By tenant, run and idempotency key. */
  readonly issues: Map<string, IssueRow>;
  /** The newest one of (tenant, session, client, purpose): the only one there that can be active. */
  readonly newestInSlot: Map<string, ChallengeRow>;
  /** The ones of (tenant, subject, client, purpose) that may be active, oldest first. */
  readonly activeBySubject: Map<string, ChallengeRow[]>;
  readonly byRun: Map<string, ChallengeRow[]>;
  readonly attempts: Map<string, AttemptRow>;
  readonly budgets: Map<string, Hits>;
  readonly clients: Map<string, ClientWindow>;
}

/** One key for several fields, without collisions. */
export function rowKey(...fields: readonly string[]): string {
  return JSON.stringify(fields);
}

/** The key of the slot in which one challenge is active at a time. */
export function slotKey({ tenant, sessionId, clientId, purpose }: CodeContext): string {
  return rowKey(tenant, sessionId, clientId, purpose);
}

/** The key of the challenges that count for one user, or one name of nobody. */
export function subjectKey({
  tenant,
  subject,
  clientId,
  purpose,
}: Omit<CodeContext, "sessionId"> & { subject: string }): string {
  return rowKey(tenant, subject, clientId, purpose);
}

/** Ends a challenge; what it sealed is gone. */
export function endChallenge(row: ChallengeRow, state: Exclude<Challenge["state"], "active">): void {
  row.state = state;
  row.sealed = null;
}

/** Whether a challenge is neither ended nor past its end. */
export function isLive(row: ChallengeRow, atMs: number): boolean {
  return row.state === "active" && atMs < row.expiresAtMs;
}

/** What the store tells of a row; a copy, as rows change. */
export function viewChallenge(row: ChallengeRow, atMs: number): Challenge {
  const { subject: _subject, mac: _mac, ...challenge } = row;
  const over = row.state === "active" && !isLive(row, atMs);
  return { ...challenge, state: over ? "expired" : row.state, sealed: over ? null : row.sealed };
}
