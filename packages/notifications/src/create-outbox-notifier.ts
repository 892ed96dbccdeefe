import { checkMessage, type Notifier, type Outbox, type SecretBox, snapshotMessage } from "@onceflow/step-runtime";
import { messageContext } from "./message-context.ts";

/**
 * Puts messages into an outbox, sealed; a worker renders and sends them. A decoy, a suppressed code and a recipient whom
 * nothing reaches take the same way through the same statement.
 */
export function createOutboxNotifier({
  outbox,
  secretBox,
  tenant,
  beginWithinMs = 2000,
}: {
  outbox: Pick<Outbox, "add">;
  secretBox: SecretBox;
  tenant: string;
  /**
   * A message is due at some moment of so long: sending busies the process, and whoever asks at once whether its answers
   * take longer must not learn whether somebody was written to. Long beside an answer. @default 2000
   */
  beginWithinMs?: number;
}): Notifier {
  return {
    async queue(request) {
      const reason = checkMessage(request);
      if (reason !== null) return { status: "failed", reason };
      const { idempotencyKey, runId, stepId, caller, user, challengeId, deliver } = request;
      const snapshot = snapshotMessage(request);
      const plain = new TextEncoder().encode(JSON.stringify(snapshot));
      await outbox.add({
        tenant,
        idempotencyKey,
        runId,
        stepId,
        clientId: caller.clientId,
        userId: user?.id ?? null,
        challengeId,
        deliver: deliver && snapshot.to !== null,
        delayMs: Math.floor(Math.random() * beginWithinMs),
        sealed: await secretBox.seal(plain, messageContext({ tenant, idempotencyKey, challengeId })),
      });
      return { status: "queued" };
    },
  };
}
