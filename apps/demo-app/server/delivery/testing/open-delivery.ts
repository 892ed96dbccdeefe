import { createOneTimeCodes, createSecretBox, type OneTimeCodes, parseKeyRing } from "@onceflow/one-time-code";
import {
  createOutboxNotifier,
  createRevokeLinks,
  createSmtpSender,
  type OutboxWorkerOptions,
} from "@onceflow/notifications";
import type { MessageTemplate, Notifier } from "@onceflow/step-runtime";
import { createPostgresOneTimeCodeStore, createPostgresOutbox, openDatabase } from "@onceflow/storage";

/** Where a process finds database, keys and mail server. */
export interface DeliveryPlace {
  readonly databaseUrl: string;
  readonly keyRingText: string;
  readonly smtpUrl: string;
}

/** All that takes a code from its issue to the mail server, as the demo puts it together. */
export interface Delivery {
  readonly codes: OneTimeCodes;
  readonly notifier: Notifier;
  /** The parts of a worker, for a test to put something between them. */
  readonly parts: Pick<OutboxWorkerOptions, "outbox" | "secretBox" | "sender" | "openCode" | "revokeUrl">;
  close(): Promise<void>;
}

const tenant = "default";

/** Opens it on a database whose clock a test moves. */
export async function openDelivery({ databaseUrl, keyRingText, smtpUrl }: DeliveryPlace): Promise<Delivery> {
  const database = await openDatabase({ url: databaseUrl, testClock: true });
  const keyRing = parseKeyRing(keyRingText);
  const store = createPostgresOneTimeCodeStore(database);
  const codes = createOneTimeCodes({ store, keyRing, tenant, testMode: false });
  const outbox = createPostgresOutbox(database, { tenant });
  const secretBox = createSecretBox(keyRing, "outbox");
  const links = createRevokeLinks({
    secretBox: createSecretBox(keyRing, "revoke"),
    publicUrl: "https://codes.example.test",
  });
  const sender = createSmtpSender({ url: smtpUrl, from: "Onceflow <codes@example.test>" });
  return {
    codes,
    notifier: createOutboxNotifier({ outbox, secretBox, tenant, beginWithinMs: 0 }),
    parts: {
      outbox,
      secretBox,
      sender,
      openCode: (challengeId) => codes.openForDelivery(challengeId),
      revokeUrl: (challengeId) => links.make(challengeId),
    },
    async close() {
      sender.close();
      await database.close();
    },
  };
}

const template: MessageTemplate = {
  id: "code",
  subject: { en: "Your code", fr: "Votre code" },
  text: { en: "Code: {{ oneTimeCode.code }}", fr: "Code à usage unique : {{ oneTimeCode.code }}" },
  html: "<p>Code: <b>{{ oneTimeCode.code }}</b>, <a href='{{ revokeUrl }}'>this was not me</a></p>",
};

/** A user with a mailbox. */
export function mailUser(name: string) {
  return { id: `u-${name}`, email: `${name}@example.test`, locale: "fr", enabled: true, test: false };
}

/** Issues a code and queues its mail, as the steps of a run do; under the same run it is a repetition. */
export async function issueAndQueue(
  { codes, notifier }: Pick<Delivery, "codes" | "notifier">,
  options: {
    runId: string;
    user: ReturnType<typeof mailUser> | null;
    /** @default the run's id */
    sessionId?: string;
    onIssued?: () => Promise<void>;
  },
) {
  const { runId, user, sessionId = runId, onIssued = async () => {} } = options;
  const clientId = "portal";
  const issued = await codes.issue({
    idempotencyKey: `${runId}/code/1`,
    runId,
    stepId: "code",
    user,
    typedName: "somebody",
    client: { id: clientId, test: false },
    sessionId,
    ipClass: null,
    purpose: "second_factor",
    alphabet: "digits",
    length: 6,
    lifetimeSeconds: 300,
  });
  await onIssued();
  const queued = await notifier.queue({
    idempotencyKey: `${runId}/mail/1`,
    runId,
    stepId: "mail",
    caller: { clientId, userId: null, sessionId, ipClass: null },
    user,
    challengeId: issued.challengeId,
    deliver: issued.deliver,
    template,
    renderType: "text-and-html",
    messageTheme: null,
    model: {},
    appName: "Onceflow",
    requestedAtMs: Date.UTC(2026, 0, 1),
  });
  return { issued, queued };
}
