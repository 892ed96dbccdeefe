import type { Clock } from "../ports/clock.ts";
import type { Claim, NewOutboxMessage, Outbox } from "../ports/outbox.ts";

/** What an outbox has to know of a challenge, and may do to it. */
export interface OutboxChallenge {
  /** Such as `active`; every other state is its end. */
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
  /** Whether its code waits for a delivery. */
  readonly sealed: boolean;
}

/** What an outbox tells of a message. */
export interface OutboxAuditEvent {
  readonly event:
    | "delivery_queued"
    | "delivery_sent"
    | "delivery_delayed"
    | "delivery_failed"
    | "delivery_dropped_expired";
  readonly atMs: number;
  readonly runId: string;
  readonly challengeId: string | null;
  readonly reason: string | null;
}

/** How it is made. */
export interface MemoryOutboxOptions {
  readonly clock: Clock;
  /** Where challenges are kept. */
  readonly challenges: {
    read(challengeId: string): OutboxChallenge | null;
    /** Called once the code was delivered; the challenge of a test keeps it. */
    eraseCode(challengeId: string): void;
  };
  readonly onAudit?: (event: OutboxAuditEvent) => void;
}

interface Entry extends Omit<NewOutboxMessage, "sealed" | "delayMs"> {
  readonly messageId: string;
  /** Null: the message is closed, what it held is gone. */
  sealed: Uint8Array | null;
  tries: number;
  readonly addedAtMs: number;
  dueAtMs: number;
  closedAtMs: number | null;
}

const keepClosedMs = 86_400_000;
const shortestLeaseMs = 10_000;

/** An outbox in memory: it lasts as long as its process. */
export function createMemoryOutbox({ clock, challenges, onAudit = () => {} }: MemoryOutboxOptions): Outbox {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(dueInMs: number) => void>();

  function tell(entry: Entry, event: OutboxAuditEvent["event"], reason: string | null = null): void {
    onAudit({ event, atMs: clock.now(), runId: entry.runId, challengeId: entry.challengeId, reason });
  }

  function close(entry: Entry): void {
    entry.sealed = null;
    entry.closedAtMs = clock.now();
  }

  /** Why a message is not to be sent any more; null while it is. */
  function dropReason(entry: Entry, minSendSeconds: number): string | null {
    if (entry.challengeId === null) return null;
    const challenge = challenges.read(entry.challengeId);
    if (challenge === null) return "expired";
    if (challenge.state !== "active") return challenge.state;
    if (challenge.expiresAtMs - minSendSeconds * 1000 <= clock.now()) return "expired";
    return challenge.sealed ? null : "delivered_before";
  }

  function waiting({ messageId }: Claim): Entry | null {
    const entry = [...entries.values()].find((candidate) => candidate.messageId === messageId);
    return entry === undefined || entry.closedAtMs !== null ? null : entry;
  }

  /** Null when another worker has the message by now. */
  function held(claim: Claim): Entry | null {
    const entry = waiting(claim);
    return entry?.tries === claim.tries + 1 ? entry : null;
  }

  return {
    async add({ delayMs = 0, ...message }) {
      const key = JSON.stringify([message.tenant, message.idempotencyKey]);
      if (entries.has(key)) return false;
      const messageId = crypto.randomUUID();
      const now = clock.now();
      const entry: Entry = {
        ...message,
        messageId,
        tries: 0,
        addedAtMs: now,
        dueAtMs: now + delayMs,
        closedAtMs: null,
      };
      entries.set(key, entry);
      tell(entry, "delivery_queued");
      for (const listener of listeners) listener(delayMs);
      return true;
    },

    onAdded(callback) {
      // Its own function, so that one callback can be given twice.
      const listener = (dueInMs: number) => callback(dueInMs);
      listeners.add(listener);
      return async () => void listeners.delete(listener);
    },

    async claim({ limit, leaseMs, minSendSeconds }) {
      const claimed = [];
      const due = [...entries.values()].filter(
        ({ closedAtMs, dueAtMs }) => closedAtMs === null && dueAtMs <= clock.now(),
      );
      for (const entry of due.toSorted((left, right) => left.dueAtMs - right.dueAtMs)) {
        if (claimed.length === limit) break;
        const { sealed, challengeId } = entry;
        const reason = entry.deliver ? dropReason(entry, minSendSeconds) : null;
        if (sealed === null || !entry.deliver || reason !== null) {
          close(entry);
          if (reason !== null) tell(entry, "delivery_dropped_expired", reason);
          continue;
        }
        const expiresAtMs = challengeId === null ? null : (challenges.read(challengeId)?.expiresAtMs ?? null);
        claimed.push({ ...entry, sealed, expiresAtMs });
        const leftMs = (expiresAtMs ?? Number.POSITIVE_INFINITY) - minSendSeconds * 1000 - clock.now();
        entry.dueAtMs = clock.now() + Math.min(leaseMs, Math.max(shortestLeaseMs, Math.floor(leftMs / 2)));
        entry.tries += 1;
      }
      return claimed;
    },

    async markSent(claim) {
      const entry = waiting(claim);
      if (entry === null) return;
      if (entry.challengeId !== null) challenges.eraseCode(entry.challengeId);
      close(entry);
      tell(entry, "delivery_sent");
    },

    async markDelayed(claim, { delayMs, minSendSeconds, reason }) {
      const entry = held(claim);
      if (entry === null) return;
      const expiresAtMs = entry.challengeId === null ? null : challenges.read(entry.challengeId)?.expiresAtMs;
      if (expiresAtMs && clock.now() + delayMs >= expiresAtMs - minSendSeconds * 1000) {
        close(entry);
        tell(entry, "delivery_dropped_expired", reason);
      } else {
        entry.dueAtMs = clock.now() + delayMs;
        tell(entry, "delivery_delayed", reason);
      }
    },

    async markFailed(claim, { reason }) {
      const entry = held(claim);
      if (entry === null) return;
      close(entry);
      tell(entry, "delivery_failed", reason);
    },

    async backlog() {
      const open = [...entries.values()].filter(({ closedAtMs }) => closedAtMs === null);
      return {
        waiting: open.length,
        oldestAgeMs: Math.max(0, ...open.map(({ addedAtMs }) => clock.now() - addedAtMs)),
      };
    },

    async clean({ batch }) {
      const over = [...entries].filter(
        ([, { closedAtMs }]) => closedAtMs !== null && closedAtMs <= clock.now() - keepClosedMs,
      );
      for (const [key] of over.slice(0, batch)) entries.delete(key);
      return Math.min(over.length, batch);
    },
  };
}
