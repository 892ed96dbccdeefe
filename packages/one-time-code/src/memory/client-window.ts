import type { RateLimit } from "../one-time-code-policy.ts";
import { type ChallengeTable, rowKey } from "./challenge-table.ts";

/** The calls of a client in its current window; windows begin at multiples of their length. */
export interface ClientWindow {
  readonly startMs: number;
  readonly used: number;
}

/** When a client's window has room again; null: now. */
export function clientFullUntil(window: ClientWindow | undefined, limit: RateLimit, nowMs: number): number | null {
  const startMs = windowStart(limit, nowMs);
  return window?.startMs === startMs && window.used >= limit.max ? startMs + limit.seconds * 1000 : null;
}

/** A client's window after one more call. */
function debitClient(window: ClientWindow | undefined, limit: RateLimit, nowMs: number): ClientWindow {
  const startMs = windowStart(limit, nowMs);
  return { startMs, used: window?.startMs === startMs ? window.used + 1 : 1 };
}

function windowStart({ seconds }: RateLimit, nowMs: number): number {
  return Math.floor(nowMs / (seconds * 1000)) * seconds * 1000;
}

/** Debits a client unless its window is full; whether it was the last call of the window. */
export function spendClient(
  table: ChallengeTable,
  operation: "issue" | "confirm",
  caller: { readonly tenant: string; readonly clientId: string },
  limit: RateLimit,
  atMs: number,
): boolean {
  const key = clientKey(operation, caller);
  const window = table.clients.get(key);
  if (clientFullUntil(window, limit, atMs) !== null) return false;
  const next = debitClient(window, limit, atMs);
  table.clients.set(key, next);
  return next.used >= limit.max;
}

/** The key of a client's window. */
export function clientKey(
  operation: "issue" | "confirm",
  { tenant, clientId }: { readonly tenant: string; readonly clientId: string },
): string {
  return rowKey(operation, tenant, clientId);
}
