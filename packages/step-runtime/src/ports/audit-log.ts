import type { JsonObject } from "../component/json.ts";

/** One line of the audit trail: who, what, where, why; never a code, MAC, seal or full address. */
export interface AuditEntry {
  /** Grows with time; a reader goes on before the oldest one it has. */
  readonly seq: number;
  /** Milliseconds since 1970, by the clock of the store. */
  readonly atMs: number;
  /** Such as `issued`, `confirm_failed`, `delivery_sent`, `api_key_added`. */
  readonly event: string;
  readonly userId: string | null;
  readonly clientId: string | null;
  readonly purpose: string | null;
  readonly runId: string | null;
  readonly stepId: string | null;
  readonly challengeId: string | null;
  readonly ipClass: string | null;
  /** What else the event tells, such as `reason` or `attemptNumber`. */
  readonly details: JsonObject;
}

/** Which entries to list. */
export interface AuditQuery {
  /** Any of these; empty or left out: all. */
  readonly events?: readonly string[];
  readonly userId?: string;
  readonly clientId?: string;
  readonly runId?: string;
  readonly challengeId?: string;
  /** Milliseconds since 1970, inclusive. */
  readonly fromMs?: number;
  /** Exclusive. */
  readonly toMs?: number;
  /** Only entries before this `seq`. */
  readonly before?: number;
  /** 1–500. */
  readonly limit: number;
}

/** How many entries tell the same. */
export interface AuditTally {
  readonly event: string;
  /** The `reason` or the `scope` of their details. */
  readonly reason: string | null;
  readonly count: number;
}

/** The audit trail of a tenant. Stores write it in the commit that made the event true. */
export interface AuditLog {
  /** Newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** Counts the entries whose `seq` is greater than `after` and, if given, not greater than `upTo`. */
  tally(range: { readonly after: number; readonly upTo?: number }): Promise<readonly AuditTally[]>;
}
