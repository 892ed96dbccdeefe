import type { BlockList } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { createDurableEngine } from "@onceflow/durable-engine";
import { createOutboxNotifier, createOutboxWorker, createRevokeLinks, createSmtpSender } from "@onceflow/notifications";
import { createOneTimeCodes, createSecretBox } from "@onceflow/one-time-code";
import type { OneTimeCodePolicy } from "@onceflow/one-time-code";
import { createNodeScriptRunner } from "@onceflow/script-sandbox/node";
import {
  createLog,
  createMemorySessionStore,
  createMetrics,
  createProofSigner,
  createServer,
  createSessions,
  logFailure,
} from "@onceflow/server";
import type { AppEnv, CallRates, Log, SessionGrant, Sessions } from "@onceflow/server";
import { builtInSteps, createStepRegistry } from "@onceflow/step-runtime";
import type { ClientRegistry, ComponentStore, UserDirectory } from "@onceflow/step-runtime";
import { systemClock, systemRandom } from "@onceflow/step-runtime/memory";
import {
  cleanInBatches,
  createPostgresApiKeys,
  createPostgresAuditLog,
  createPostgresClients,
  createPostgresComponentStore,
  createPostgresOneTimeCodeStore,
  createPostgresOutbox,
  createPostgresUsers,
} from "@onceflow/storage";
import type { Hono } from "hono";
import { addNotMePage } from "./add-not-me-page.ts";
import { checkTestMode } from "./check-test-mode.ts";
import { cleanEveryHour } from "./clean-every-hour.ts";
import { type End, endAll } from "./end-all.ts";
import { listen } from "./listen.ts";
import { MailServerMissingError } from "./mail-server-missing-error.ts";
import { openServiceDatabase } from "./open-service-database.ts";
import { readKeyRing } from "./read-key-ring.ts";

/** How a service is started. */
export interface ServiceOptions {
  /** 0: any free one. @default 4310 */
  readonly port?: number;
  /** The command that starts it on another port, for whoever finds this one taken. @default onceflow serve */
  readonly startCommand?: (port: number) => string;
  /** Where browsers reach it when not at its loopback address; its origin counts. */
  readonly publicUrl?: string | undefined;
  /** Proxies whose `X-Forwarded-For` is believed. @default none */
  readonly trustedProxies?: BlockList;
  /** Shows the codes of test users to test clients. @default false */
  readonly testMode?: boolean;
  /** The environment variable NODE_ENV. */
  readonly nodeEnv?: string | undefined;
  /** Where the embedded database is. @default "./data" */
  readonly dataDir?: string;
  /** Instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** The database's clock is moved by a test. @default false */
  readonly testClock?: boolean;
  /** The keys themselves, as JSON. */
  readonly keyRing?: string | undefined;
  /** @default the data folder's name with `.keys` behind it */
  readonly keyFile?: string | undefined;
  /** A key file that is missing is made. @default false, so that the start is refused */
  readonly makesKeyFile?: boolean;
  /** The mail server and the sender of mails; without it mails wait, in test mode only. */
  readonly mail?: { readonly url: string; readonly from: string } | undefined;
  /** @default "default" */
  readonly tenant?: string | undefined;
  /** `web` answers requests only, `worker` drives runs and sends mails as well as `all`. @default "all" */
  readonly role?: "web" | "worker" | "all";
  /** The limits of codes. @default createOneTimeCodePolicy() */
  readonly policy?: OneTimeCodePolicy | undefined;
  /** How many calls of the API are taken in a minute. @default the server's */
  readonly callRates?: CallRates | undefined;
  /** @default standard output */
  readonly log?: Log;
  /** Told what a person should know who starts it. */
  readonly onNotice?: (message: string) => void;
  /** Aborted while it starts: what was opened is closed again, and the start fails with the signal's reason. */
  readonly signal?: AbortSignal;
  /** What is around the API. @default nothing: who has no API key is nobody */
  readonly host?: (stores: ServiceStores) => Promise<ServiceHost>;
}

/** What a host may fill before anything runs. */
export interface ServiceStores {
  readonly users: UserDirectory;
  readonly clients: ClientRegistry;
  readonly components: ComponentStore;
}

/** An app around the API. */
export interface ServiceHost {
  /** Who somebody without a session is. */
  readonly visitor: SessionGrant;
  /** Adds its routes and pages, before the first request is answered. */
  addRoutes(app: Hono<AppEnv>, parts: { readonly sessions: Sessions }): void;
}

/** A service that runs. */
export interface Service {
  /** Without a slash at the end. */
  readonly url: string;
  /**
   * Takes no more requests, gives those under way, running steps and mails in hand five seconds in all, then ends every
   * connection and the embedded database. What cannot be ended is logged, and the rest ends all the same.
   */
  close(): Promise<void>;
}

/**
 * Puts API, durable engine, mails and metrics together and opens the port on loopback. Users, clients, components,
 * codes, mails and runs are in PostgreSQL; sessions are in memory.
 *
 * @throws TestModeRefusedError, MailServerMissingError, PortInUseError, DataFolderInUseError, DatabaseUnavailableError, KeyFileError
 */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { port: wantedPort = 4310, log = createLog({ level: "error" }), onNotice = () => {} } = options;
  const { dataDir = "./data", tenant = "default", role = "all", mail, signal } = options;
  const clock = systemClock;
  const testMode = checkTestMode({
    requested: options.testMode ?? false,
    publicUrl: options.publicUrl ?? `http://127.0.0.1:${wantedPort}`,
    nodeEnv: options.nodeEnv,
  });
  if (mail === undefined && role !== "web" && !testMode) throw new MailServerMissingError();
  // In the order in which they are opened; closed the other way round, also when the start fails half-way.
  const opened: End[] = [];
  const close = () =>
    endAll(opened.splice(0), (error) => logFailure(log, error, "a part of the service cannot be ended"));
  try {
    return await open();
  } catch (error) {
    await close();
    throw error;
  }

  async function open(): Promise<Service> {
    // The port first: a second start by mistake should say so at once.
    const { port, serve, close: closePort } = await listen(wantedPort, options);
    opened.push(() => closePort({ patienceMs: 0 }));
    const url = options.publicUrl === undefined ? `http://127.0.0.1:${port}` : new URL(options.publicUrl).origin;
    const keyRing = await readKeyRing({
      keyRing: options.keyRing,
      keyFile: options.keyFile,
      dataDir,
      ...(options.makesKeyFile
        ? { onNew: (path) => onNotice(`New keys are in ${path}: keep them, and keep them apart from the data.`) }
        : {}),
    });
    const database = await openServiceDatabase({ ...options, dataDir, onNotice });
    opened.push(() => database.close());
    signal?.throwIfAborted();

    const users = createPostgresUsers(database, { tenant });
    const clients = createPostgresClients(database, { tenant });
    const components = createPostgresComponentStore(database, { tenant });
    const outbox = createPostgresOutbox(database, { tenant });
    const host = await options.host?.({ users, clients, components });
    signal?.throwIfAborted();

    const scriptRunner = createNodeScriptRunner();
    opened.push(() => scriptRunner.close());
    const store = createPostgresOneTimeCodeStore(database);
    const oneTimeCodes = createOneTimeCodes({
      store,
      keyRing,
      tenant,
      testMode,
      ...(options.policy === undefined ? {} : { policy: options.policy }),
    });
    const secretBox = createSecretBox(keyRing, "outbox");
    const links = createRevokeLinks({ secretBox: createSecretBox(keyRing, "revoke"), publicUrl: url });
    if (mail !== undefined) {
      const sender = createSmtpSender(mail);
      opened.push(() => sender.close());
      const worker = createOutboxWorker({
        outbox,
        secretBox,
        sender,
        openCode: (challengeId) => oneTimeCodes.openForDelivery(challengeId),
        revokeUrl: (challengeId) => links.make(challengeId),
        onTrouble: (error) => logFailure(log, error, "sending mails failed"),
      });
      if (role !== "web") {
        worker.start();
        opened.push((leftMs) => worker.stop({ patienceMs: leftMs }));
        if (options.publicUrl === undefined && !testMode) {
          onNotice(
            `PUBLIC_URL is not set, so links in mails begin with ${url}, which leads nowhere on other machines. Set it to where browsers reach the server, such as PUBLIC_URL=https://codes.example.com.`,
          );
        }
      }
    }
    if (role !== "web") {
      opened.push(
        cleanEveryHour(async (signal) => {
          for (const cleaned of [store, outbox]) await cleanInBatches((options) => cleaned.clean(options), { signal });
        }),
      );
    }

    const audit = createPostgresAuditLog(database, { tenant });
    const metrics = createMetrics({ audit, outbox, clock });
    const proofSigner = createProofSigner({ keyRing, issuer: url });
    const steps = createStepRegistry(builtInSteps);
    const engine = await createDurableEngine({
      databaseUrl: database.url,
      tenant,
      role,
      secretBox: createSecretBox(keyRing, "state"),
      onNotice: (message) => log.error({}, message),
      steps,
      ports: {
        oneTimeCodes,
        users,
        clients,
        scriptRunner,
        notifier: createOutboxNotifier({
          outbox,
          secretBox,
          tenant,
          // By a clock that stands still no delay is ever over.
          ...(options.testClock === true ? { beginWithinMs: 0 } : {}),
        }),
        proofSigner,
      },
      clock,
      onStart: () => metrics.runStarted(),
      onEnd: (status) => metrics.runEnded(status),
    });
    opened.push((leftMs) => engine.close({ drainMs: leftMs }));
    signal?.throwIfAborted();

    const sessions = createSessions({ store: createMemorySessionStore(), clock, https: url.startsWith("https:") });
    const app = createServer({
      engine,
      components,
      codes: oneTimeCodes,
      audit,
      users,
      clients,
      steps,
      sessions,
      apiKeys: createPostgresApiKeys(database, { tenant }),
      secretBox: createSecretBox(keyRing, `run-token/${tenant}`),
      proofSigner,
      clock,
      random: systemRandom,
      log,
      origins: options.publicUrl === undefined ? [url, `http://localhost:${port}`] : [url],
      testMode,
      visitor: host?.visitor ?? null,
      metrics,
      ...(options.callRates === undefined ? {} : { callRates: options.callRates }),
      ...(options.trustedProxies === undefined ? {} : { trustedProxies: options.trustedProxies }),
      clientAddress: (context) => getConnInfo(context).remote.address ?? null,
    });
    addNotMePage(app, { links, codes: oneTimeCodes });
    host?.addRoutes(app, { sessions });
    serve(getRequestListener(app.fetch));
    // Closed before all else, so that no request comes to what is closed already; the rest is for steps that nobody waits for.
    opened.push((leftMs) => closePort({ patienceMs: leftMs - 1000 }));

    return { url, close };
  }
}
