import {
  type ClaimedMessage,
  type MessageSnapshot,
  MessageTemplateError,
  renderMessage,
  type SecretBox,
} from "@onceflow/step-runtime";
import { MailNotSentError } from "./mail-not-sent-error.ts";
import type { OutgoingMail } from "./mail-sender.ts";
import { messageContext } from "./message-context.ts";

/** A code on its way into a mail; times are ISO 8601. */
export interface OpenedCode {
  readonly code: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What opens a message and its code. */
export interface MailOpeners {
  readonly secretBox: SecretBox;
  /** Opens the code of a live challenge; null once it is over. */
  readonly openCode: (challengeId: string) => Promise<OpenedCode | null>;
  /** Where a recipient says that it was not them. */
  readonly revokeUrl: (challengeId: string) => Promise<string>;
}

/**
 * Opens a claimed message and its code, and renders the mail; null when its challenge has ended since it was claimed.
 *
 * @throws MailNotSentError
 */
export async function prepareMail(message: ClaimedMessage, openers: MailOpeners): Promise<OutgoingMail | null> {
  const { messageId, challengeId } = message;
  const plain = await openers.secretBox.open(message.sealed, messageContext(message));
  // Keys are rotated one process after the other: another one may have the key by now.
  if (plain === null) throw new MailNotSentError("key_unknown", { permanent: false });
  // It was sealed by us, so it is what we made of it.
  const snapshot = JSON.parse(new TextDecoder().decode(plain)) as MessageSnapshot;
  if (snapshot.to === null) throw new MailNotSentError("no_recipient", { permanent: true });
  let opened: OpenedCode | null = null;
  if (challengeId !== null) {
    opened = await open(challengeId, openers);
    if (opened === null) return null;
  }
  try {
    const rendered = renderMessage(snapshot, {
      code: opened && opened.code,
      lifetimeMinutes: opened && Math.round((Date.parse(opened.expiresAt) - Date.parse(opened.issuedAt)) / 60_000),
      revokeUrl: challengeId === null ? null : await openers.revokeUrl(challengeId),
    });
    return { ...rendered, messageId, to: snapshot.to };
  } catch (error) {
    throw error instanceof MessageTemplateError ? new MailNotSentError("template", { permanent: true }) : error;
  }
}

async function open(challengeId: string, { openCode }: MailOpeners): Promise<OpenedCode | null> {
  try {
    return await openCode(challengeId);
  } catch (error) {
    const unreadable = error instanceof Error && "code" in error && error.code === "sealed-code-unreadable";
    throw unreadable ? new MailNotSentError("key_unknown", { permanent: false }) : error;
  }
}
