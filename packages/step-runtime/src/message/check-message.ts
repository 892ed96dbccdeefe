import type { QueueNotification } from "../ports/notifier.ts";
import { snapshotMessage } from "./message-snapshot.ts";
import { MessageTemplateError } from "./message-template-error.ts";
import { renderMessage } from "./render-message.ts";

/** Why a message cannot be made, found with a stand-in for the code; null when it can. */
export function checkMessage(request: QueueNotification): string | null {
  try {
    renderMessage(snapshotMessage(request), {
      code: request.challengeId === null ? null : "00000000",
      lifetimeMinutes: 5,
      revokeUrl: "https://example.test/",
    });
    return null;
  } catch (error) {
    if (error instanceof MessageTemplateError) return error.reason;
    throw error;
  }
}
