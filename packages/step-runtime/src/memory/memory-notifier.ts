import { checkMessage } from "../message/check-message.ts";
import { snapshotMessage } from "../message/message-snapshot.ts";
import { renderMessage } from "../message/render-message.ts";
import type { RunMessage } from "../ports/engine.ts";
import type { Notifier, QueuedNotification } from "../ports/notifier.ts";
import { maskAddresses } from "../step/mask-addresses.ts";
import { readableSecretKind } from "../step/readable-secret-kind.ts";
import { secretMask } from "../step/secret.ts";

/** What stands in for mail where there is none: it shows what would be sent. */
export interface MemoryNotifier extends Notifier {
  /** The messages of a run; the oldest runs are forgotten. */
  messagesOf(runId: string): readonly RunMessage[];
}

/** How it is made. */
export interface MemoryNotifierOptions {
  /** Opens a challenge's code; hand in the one of the code service. */
  readonly openCode: (challengeId: string) => Promise<{ readonly code: string; readonly expiresAt: string } | null>;
  /** How many runs' messages are kept, @default 100 */
  readonly keepRuns?: number;
}

/**
 * A notifier that renders at once and keeps the messages: preview, command line and tests read them. They show the
 * digits of a code in test mode only.
 */
export function createMemoryNotifier({ openCode, keepRuns = 100 }: MemoryNotifierOptions): MemoryNotifier {
  const messages = new Map<string, RunMessage[]>();
  const answers = new Map<string, QueuedNotification>();
  return {
    async queue(request) {
      const known = answers.get(request.idempotencyKey);
      if (known !== undefined) return known;
      const { runId, stepId, challengeId, deliver, requestedAtMs } = request;
      const reason = checkMessage(request);
      const answer: QueuedNotification = reason === null ? { status: "queued" } : { status: "failed", reason };
      answers.set(request.idempotencyKey, answer);
      const snapshot = snapshotMessage(request);
      const opened = challengeId === null || !deliver ? null : await openCode(challengeId);
      const reaches = deliver && snapshot.to !== null && (challengeId === null || opened !== null);
      if (reason === null && reaches) {
        const rendered = renderMessage(snapshot, {
          // In test mode the model's own code reads as its digits; who may not see them there sees none here.
          code:
            opened &&
            (readableSecretKind(request.model["oneTimeCode"] ?? null) === "issued" ? opened.code : secretMask),
          lifetimeMinutes: opened && Math.round((Date.parse(opened.expiresAt) - requestedAtMs) / 60_000),
          revokeUrl: null,
        });
        const kept = messages.get(runId) ?? [];
        messages.set(runId, [
          ...kept,
          { stepId, to: maskAddresses(snapshot.to ?? ""), ...rendered, at: requestedAtMs },
        ]);
      }
      forgetOldest(messages, keepRuns);
      forgetOldest(answers, 20 * keepRuns);
      return answer;
    },
    messagesOf: (runId) => messages.get(runId) ?? [],
  };
}

function forgetOldest(map: Map<string, unknown>, count: number): void {
  for (const key of map.keys()) {
    if (map.size <= count) return;
    map.delete(key);
  }
}
