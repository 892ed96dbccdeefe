import {
  type ClaimedMessage,
  type MessageSnapshot,
  MessageTemplateError,
  type Outbox,
  renderMessage,
  type SecretBox,
} from "@onceflow/step-runtime";
import { MailRefusedError, type MailSender } from "./mail-sender.ts";

/** A code on its way into a mail; times are ISO 8601. */
interface OpenedCode {
  readonly code: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What a worker is made of. */
export interface OutboxWorkerOptions {
  readonly outbox: Outbox;
  readonly secretBox: SecretBox;
  readonly sender: MailSender;
  /** Opens the code of a live challenge. */
  readonly openCode: (challengeId: string) => Promise<OpenedCode | null>;
  /** Where a recipient says that it was not them. */
  readonly revokeUrl: (challengeId: string) => Promise<string>;
  /** Told of what is no fate of a single message: the outbox cannot be read. */
  readonly onTrouble: (error: unknown) => void;
  /** A code with less to live is not sent. @default 30 */
  readonly minSendSeconds?: number;
  /** How often a quiet outbox is looked at. @default 1000 */
  readonly pollMs?: number;
}

/** Sends what waits in an outbox. Any number of them, in any number of processes, share one. */
export interface OutboxWorker {
  start(): void;
  /** Sends what is due now; answers how many messages that were. */
  drain(): Promise<number>;
  /** Resolves when the message in hand is through. */
  stop(): Promise<void>;
}

/** Longer than a try at a mail server takes; one message is claimed at a time, so that none waits in a lease. */
const leaseMs = 60_000;

/** Makes a worker; it does nothing until it is started or drained. */
export function createOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { outbox, secretBox, sender, openCode, revokeUrl, onTrouble } = options;
  const { minSendSeconds = 30, pollMs = 1000 } = options;
  let stopping: AbortController | null = null;
  let loop: Promise<void> = Promise.resolve();

  async function send(message: ClaimedMessage): Promise<void> {
    const { messageId, runId, challengeId, sealed, tries } = message;
    const plain = await secretBox.open(sealed, runId);
    if (plain === null) return outbox.markFailed(messageId, { reason: "key-unknown" });
    const snapshot = JSON.parse(new TextDecoder().decode(plain)) as MessageSnapshot;
    const opened = challengeId === null ? null : await openCode(challengeId);
    // Its end came between the claim and now: the next claim closes it.
    if (snapshot.to === null || (challengeId !== null && opened === null)) return;
    try {
      const rendered = renderMessage(snapshot, {
        code: opened && opened.code,
        lifetimeMinutes: opened && Math.round((Date.parse(opened.expiresAt) - Date.parse(opened.issuedAt)) / 60_000),
        revokeUrl: challengeId === null ? null : await revokeUrl(challengeId),
      });
      await sender.send({ ...rendered, messageId, to: snapshot.to });
    } catch (error) {
      if (error instanceof MessageTemplateError) return outbox.markFailed(messageId, { reason: "template" });
      if (error instanceof MailRefusedError) return outbox.markFailed(messageId, { reason: `smtp-${error.reply}` });
      return outbox.markDelayed(messageId, { delayMs: delayAfter(tries), minSendSeconds, reason: "smtp-temporary" });
    }
    await outbox.markSent(messageId);
  }

  async function drain(): Promise<number> {
    let count = 0;
    while (stopping?.signal.aborted !== true) {
      const [message] = await outbox.claim({ limit: 1, leaseMs, minSendSeconds });
      if (message === undefined) break;
      await send(message);
      count += 1;
    }
    return count;
  }

  async function work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await drain().catch(onTrouble);
      await pause(pollMs, signal);
    }
  }

  return {
    start() {
      if (stopping !== null) return;
      stopping = new AbortController();
      loop = work(stopping.signal);
    },
    drain,
    async stop() {
      stopping?.abort();
      await loop;
    },
  };
}

/**
 * Exponential, with full jitter, so that a mail server that comes back is not met by all at once. A message's tries are
 * counted in the outbox: a library that retries within one call would lose them with the process.
 */
function delayAfter(tries: number): number {
  return Math.round(Math.min(60_000, 2000 * 2 ** tries) * (0.5 + Math.random() / 2));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
