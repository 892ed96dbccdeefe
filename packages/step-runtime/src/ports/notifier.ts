import type { MessageTemplate } from "../component/component-schema.ts";
import type { LocalizedText } from "../component/localized-text.ts";
import type { Model } from "../step/model.ts";
import type { Caller } from "../step/caller.ts";

/** Takes messages on their way to people. It never sends inline: a slow mail server slows no run. */
export interface Notifier {
  /**
   * Commits one message to be sent, once per idempotency key; a repeated call gets the same answer.
   * For nobody, a decoy or a suppressed challenge it answers `queued` as well, and nothing is sent.
   *
   * @returns `failed` when the template does not render or puts the code into the subject: nothing is sent, not even in part
   */
  queue(request: QueueNotification): Promise<QueuedNotification>;
}

/** A message to be rendered and sent. */
export interface QueueNotification {
  /** Stable per (run, step, activation). */
  readonly idempotencyKey: string;
  readonly runId: string;
  readonly stepId: string;
  readonly caller: Caller;
  /** The recipient; null: nobody. */
  readonly user: {
    readonly id: string;
    readonly email: string | null;
    readonly locale: string | null;
    readonly enabled: boolean;
  } | null;
  /** The last challenge issued in the run; null: the message carries no code. */
  readonly challengeId: string | null;
  /** What the issue said: false for a decoy and a suppressed challenge. */
  readonly deliver: boolean;
  /** Snapshotted into the message: publishing changes no message that waits. */
  readonly template: MessageTemplate;
  readonly renderType: "text" | "html" | "text-and-html";
  /** A finished subject, no Liquid; replaces the template's. */
  readonly messageTheme: string | null;
  /** What the template sees; its secrets stay behind, but for the code, which is opened when the message is sent. */
  readonly model: Model;
  /** The component's name, for `app`. */
  readonly appName: LocalizedText;
  /** Milliseconds since 1970. */
  readonly requestedAtMs: number;
}

/** Whether a message was taken. */
export type QueuedNotification =
  | { readonly status: "queued" }
  /** `reason`: what is wrong with the template, for its author; without code, address or model value. */
  | { readonly status: "failed"; readonly reason: string };
