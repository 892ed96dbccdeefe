import { sha256 } from "../auth/sha256.ts";

/** The id of the run that an idempotency key stands for in a session: a UUID (version 8, RFC 9562) made from both. */
export function runIdForKey(idempotencyKey: string, { sessionId }: { sessionId: string }): string {
  const hex = sha256(JSON.stringify([sessionId, idempotencyKey]));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
