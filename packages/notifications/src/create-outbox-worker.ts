import type { ClaimedMessage, Outbox } from "@onceflow/step-runtime";
import { MailNotSentError } from "./mail-not-sent-error.ts";
import type { MailSender } from "./mail-sender.ts";
import { type MailOpeners, prepareMail } from "./prepare-mail.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { createWakeUp } from "./wake-up.ts";

/** What a worker is made of. */
export interface OutboxWorkerOptions extends MailOpeners {
  readonly outbox: Outbox;
  readonly sender: MailSender;
  /** Told of what is no fate of a single message: an outbox that cannot be read, a failure nobody foresaw. */
  readonly onTrouble: (error: unknown) => void;
  /** A code with less to live is not sent. @default 30 */
  readonly minSendSeconds?: number;
  /** How many mails are on their way at once: a slow one holds up none of the others. @default 4 */
  readonly parallel?: number;
  /** How often a quiet outbox is looked at, in case its calls were not heard. @default 2000 */
  readonly pollMs?: number;
}

/** Sends what waits in an outbox. Any number of them, in any number of processes, share one. */
export interface OutboxWorker {
  /** Begins; once. */
  start(): void;
  /** Sends what is due now, one after the other; answers how many messages that were. */
  drain(): Promise<number>;
  /**
   * Resolves when the messages in hand are through; nothing is begun any more. What takes longer is given up, and sent
   * again by whoever claims it next.
   *
   * @param options.patienceMs @default 5000
   */
  stop(options?: { readonly patienceMs?: number }): Promise<void>;
}

/** Longer than a try at a mail server takes; each message is claimed by itself, so that none waits in its lease. */
const leaseMs = 60_000;

/** The lifetime of a code ends its tries; a message without one is given up after about half a day. */
const longestDelayMs = { code: 15_000, noCode: 3_600_000 };
const mostTriesWithoutCode = 24;

/** Makes a worker; it does nothing until it is started or drained. */
export function createOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { outbox, sender, onTrouble, minSendSeconds = 30, parallel = 4, pollMs = 2000 } = options;
  const wakeUp = createWakeUp();
  const stopping = new AbortController();
  const givingUp = new AbortController();
  let lanes: Promise<unknown> = Promise.resolve();
  let stopListening = async (): Promise<void> => {};

  /** Sends one message; false when none is due. */
  async function sendNext(): Promise<boolean> {
    const [message] = await outbox.claim({ limit: 1, leaseMs, minSendSeconds });
    if (message === undefined) return false;
    try {
      const mail = await prepareMail(message, options);
      // The next claim sees that its challenge is over, and closes it.
      if (mail === null) return true;
      await sender.send(mail, { signal: givingUp.signal });
    } catch (error) {
      await markUnsent(message, error);
      return true;
    }
    await outbox.markSent(message);
    return true;
  }

  async function markUnsent(message: ClaimedMessage, error: unknown): Promise<void> {
    if (!(error instanceof MailNotSentError)) onTrouble(error);
    const { reason, permanent } =
      error instanceof MailNotSentError ? error : { reason: "unexpected", permanent: false };
    const hasCode = message.challengeId !== null;
    if (permanent || (!hasCode && message.tries + 1 >= mostTriesWithoutCode)) {
      return outbox.markFailed(message, { reason });
    }
    const longestMs = hasCode ? longestDelayMs.code : longestDelayMs.noCode;
    return outbox.markDelayed(message, { delayMs: retryDelayMs(message.tries, { longestMs }), minSendSeconds, reason });
  }

  async function drain(): Promise<number> {
    let count = 0;
    while (!stopping.signal.aborted && (await sendNext())) count += 1;
    return count;
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      await drain().catch(onTrouble);
      await wakeUp.sleep(pollMs, stopping.signal);
    }
  }

  return {
    start() {
      stopListening = outbox.onAdded((dueInMs) => {
        // A timer counts whole milliseconds, and so does the clock of the outbox.
        setTimeout(() => wakeUp.wakeOne(), dueInMs + 1).unref();
      });
      lanes = Promise.all(Array.from({ length: parallel }, work));
    },
    drain,
    async stop({ patienceMs = 5000 } = {}) {
      stopping.abort();
      const timer = setTimeout(() => givingUp.abort(), patienceMs);
      await stopListening();
      await lanes;
      clearTimeout(timer);
    },
  };
}
