/** Messages that wait to be sent, each committed once and sent at least once, with the same id every time. */
export interface Outbox {
  /** Stores a message; false when this idempotency key is there already. Audited as `delivery_queued`, for decoys too. */
  add(message: NewOutboxMessage): Promise<boolean>;
  /**
   * Calls back soon after a message was added, by whatever process, with the milliseconds until it is due, so that nobody
   * needs to ask often. A hint: it may come late, for nothing or, while a connection is down, not at all.
   *
   * @returns what ends it
   */
  onAdded(callback: (dueInMs: number) => void): () => Promise<void>;
  /**
   * Claims messages that are due, oldest first, for `leaseMs`: no other worker gets them meanwhile, and whoever dies
   * with a claim loses it then. One with a challenge is claimed for at most half of the time in which it can still be
   * sent (until `minSendSeconds` before its end), but ten seconds, so that a second try fits. One that is not to be
   * delivered, whose challenge is over or was delivered, or that has less than `minSendSeconds` to live, is closed here
   * instead (`delivery_dropped_expired` where there was one to deliver).
   */
  claim(options: {
    readonly limit: number;
    readonly leaseMs: number;
    readonly minSendSeconds: number;
  }): Promise<readonly ClaimedMessage[]>;
  /**
   * The mail server took it: outside test mode the sealed code is erased in the same commit. Audited as `delivery_sent`.
   * It counts from a worker whose claim was lost, too: the mail is on its way.
   */
  markSent(claim: Claim): Promise<void>;
  /**
   * Tries again after `delayMs`, unless too little of the lifetime is left then: it is dropped as expired. Audited as
   * `delivery_delayed`. A claim that was lost to another worker changes nothing.
   */
  markDelayed(
    claim: Claim,
    options: { readonly delayMs: number; readonly minSendSeconds: number; readonly reason: string },
  ): Promise<void>;
  /**
   * The mail server refused it for good, or it cannot be rendered. Audited as `delivery_failed`. A claim that was lost to
   * another worker changes nothing.
   */
  markFailed(claim: Claim, options: { readonly reason: string }): Promise<void>;
  /** How many messages wait, and since when the oldest of them does; decoys too, until a worker closes them. */
  backlog(): Promise<OutboxBacklog>;
  /** Deletes what was closed a day ago, at most `batch`; answers how many there were. */
  clean(options: { readonly batch: number }): Promise<number>;
}

/** What an outbox has not closed yet. */
export interface OutboxBacklog {
  readonly waiting: number;
  /** By the clock of the outbox; 0 when none waits. */
  readonly oldestAgeMs: number;
}

/** A message as it is handed in. Its content is sealed: an outbox holds no address and no rendered text in the clear. */
export interface NewOutboxMessage {
  readonly tenant: string;
  readonly idempotencyKey: string;
  readonly runId: string;
  readonly stepId: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly challengeId: string | null;
  /** False: the message is closed without being sent, through the same statements. */
  readonly deliver: boolean;
  /** Nobody claims it before so many milliseconds are over, by the clock of the outbox. @default 0 */
  readonly delayMs?: number;
  readonly sealed: Uint8Array;
}

/** A message in the hands of one worker. */
export interface ClaimedMessage {
  /** Stable: made when the message was stored; the mail's Message-ID is made of it. */
  readonly messageId: string;
  readonly tenant: string;
  readonly idempotencyKey: string;
  readonly runId: string;
  readonly challengeId: string | null;
  readonly sealed: Uint8Array;
  /** How many times it was claimed before. */
  readonly tries: number;
  /** When the challenge expires, milliseconds since 1970; null for a message without a code. */
  readonly expiresAtMs: number | null;
}

/** Which claim of a message a mark is about: a later one has more tries. */
export type Claim = Pick<ClaimedMessage, "messageId" | "tries">;
