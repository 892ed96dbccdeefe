import type { NewOutboxMessage } from "@onceflow/step-runtime";

/**
 * What a message's seal is bound to: in another row, or beside another challenge, it does not open. Whoever can change
 * rows cannot have somebody else's code sent to an address of theirs.
 */
export function messageContext(message: Pick<NewOutboxMessage, "tenant" | "idempotencyKey" | "challengeId">): string {
  return JSON.stringify([message.tenant, message.idempotencyKey, message.challengeId]);
}
