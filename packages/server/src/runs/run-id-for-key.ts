import { sha256 } from "../auth/sha256.ts";
import type { RunsAs } from "./caller-of.ts";

/** The id of the run that an idempotency key stands for in a client's session: a UUID (version 8, RFC 9562) made from all three. */
export function runIdForKey(
  idempotencyKey: string,
  { clientId, sessionId }: Pick<RunsAs, "clientId" | "sessionId">,
): string {
  const hex = sha256(JSON.stringify([clientId, sessionId, idempotencyKey]));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
