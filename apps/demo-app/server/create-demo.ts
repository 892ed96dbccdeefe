import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { createDurableEngine } from "@onceflow/durable-engine";
import { createOneTimeCodes, createSecretBox } from "@onceflow/one-time-code";
import type { OneTimeCodePolicy } from "@onceflow/one-time-code";
import { createOutboxNotifier, createOutboxWorker, createRevokeLinks, createSmtpSender } from "@onceflow/notifications";
import { createNodeScriptRunner } from "@onceflow/script-sandbox/node";
import {
  createLog,
  createMemorySessionStore,
  createMetrics,
  createProofSigner,
  createServer,
  createSessions,
} from "@onceflow/server";
import type { CallRates, Log, SessionGrant } from "@onceflow/server";
import { builtInSteps, createStepRegistry } from "@onceflow/step-runtime";
import type { Client, User } from "@onceflow/step-runtime";
import { sampleClients, sampleUsers, systemClock, systemRandom } from "@onceflow/step-runtime/memory";
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
import { addInboxPage } from "./add-inbox-page.ts";
import { addNotMePage } from "./add-not-me-page.ts";
import { addPages } from "./add-pages.ts";
import { addSignInRoutes } from "./add-sign-in-routes.ts";
import { checkTestMode } from "./check-test-mode.ts";
import { demoScopes } from "./demo-scopes.ts";
import { importComponents } from "./import-components.ts";
import { listen } from "./listen.ts";
import { startMailCatcher } from "./mail-catcher.ts";
import { openDemoDatabase } from "./open-demo-database.ts";
import { readKeyRing } from "./read-key-ring.ts";

/** How a demo is started; tests hand in users and a database. */
export interface DemoOptions {
  /** 0: any free one. @default 4310 */
  readonly port?: number;
  /** Where browsers reach it when not at its loopback address. */
  readonly publicUrl?: string | undefined;
  /** @default true */
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
  /** A mail server instead of the one that shows what it caught. */
  readonly smtpUrl?: string | undefined;
  /** @default "Onceflow demo <codes@example.test>" */
  readonly mailFrom?: string | undefined;
  /** @default "default" */
  readonly tenant?: string | undefined;
  /** `web` answers requests only, `worker` drives runs and sends mails as well as `all`. @default "all" */
  readonly role?: "web" | "worker" | "all";
  readonly users?: readonly User[];
  readonly clients?: readonly Client[];
  /** The limits of codes. @default createOneTimeCodePolicy() */
  readonly policy?: OneTimeCodePolicy;
  /** How many calls of the API are taken in a minute. @default the server's */
  readonly callRates?: CallRates;
  /** @default standard output: of requests the failed ones only, so that the printed addresses stay in sight */
  readonly log?: Log;
  /** Told what a person should know who starts it. */
  readonly onNotice?: (message: string) => void;
}

/** A demo that runs. */
export interface Demo {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where `/inbox` shows the mails; false when they go to a mail server. */
  readonly catchesMail: boolean;
  /** Ends every run and connection, and the embedded database. */
  close(): Promise<void>;
}

/**
 * Puts the demo together and opens its port. Users, clients, components, codes, mails and runs are in PostgreSQL;
 * sessions are in memory.
 *
 * @throws TestModeRefusedError, PortInUseError, DataFolderInUseError, DatabaseUnavailableError, KeyFileError
 */
export async function createDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port: wantedPort = 4310, log = createLog({ level: "error" }), onNotice = () => {} } = options;
  const { dataDir = "./data", tenant = "default", role = "all" } = options;
  const clock = systemClock;
  const testMode = checkTestMode({
    requested: options.testMode ?? true,
    publicUrl: options.publicUrl ?? `http://127.0.0.1:${wantedPort}`,
    nodeEnv: options.nodeEnv,
  });
  // In the order in which they are opened; closed the other way round, also when the start fails half-way.
  const opened: (() => Promise<unknown> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.toReversed()) await end();
  };
  try {
    return await open();
  } catch (error) {
    await close();
    throw error;
  }

  async function open(): Promise<Demo> {
    // The port first: a second start by mistake should say so at once.
    const { server, port, serve } = await listen(wantedPort);
    opened.push(() => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    });
    const url = options.publicUrl === undefined ? `http://127.0.0.1:${port}` : new URL(options.publicUrl).origin;
    const keyRing = await readKeyRing({
      keyRing: options.keyRing,
      keyFile: options.keyFile ?? `${dataDir.replace(/[/\\]+$/, "")}.keys`,
      dataDir,
      onNew: (path) => onNotice(`New keys are in ${path}: keep them, and keep them apart from the data.`),
    });
    const database = await openDemoDatabase({ ...options, dataDir, onNotice });
    opened.push(() => database.close());

    const users = createPostgresUsers(database, { tenant });
    const clients = createPostgresClients(database, { tenant });
    const components = createPostgresComponentStore(database, { tenant });
    const outbox = createPostgresOutbox(database, { tenant });
    // One by one: others may have been added before the first start, see `onceflow client add`.
    for (const client of options.clients ?? sampleClients) {
      if ((await clients.get(client.id)) === null) await clients.put(client);
    }
    for (const user of options.users ?? sampleUsers) {
      if ((await users.find(user.userName)) === null) await users.put(user);
    }
    await importComponents(new URL("../components/", import.meta.url), { components });

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
    const catcher = options.smtpUrl === undefined ? await startMailCatcher() : null;
    if (catcher !== null) opened.push(() => catcher.close());
    const sender = createSmtpSender({
      url: options.smtpUrl ?? catcher?.url ?? "",
      from: options.mailFrom ?? "Onceflow demo <codes@example.test>",
    });
    opened.push(() => sender.close());
    const worker = createOutboxWorker({
      outbox,
      secretBox,
      sender,
      openCode: (challengeId) => oneTimeCodes.openForDelivery(challengeId),
      revokeUrl: (challengeId) => links.make(challengeId),
      onTrouble: () => log.error({}, "the outbox cannot be read"),
    });
    if (role !== "web") {
      worker.start();
      opened.push(() => worker.stop());
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
        notifier: createOutboxNotifier({ outbox, secretBox, tenant }),
        proofSigner,
      },
      clock,
      onStart: () => metrics.runStarted(),
      onEnd: (status) => metrics.runEnded(status),
    });
    opened.push(() => engine.close());

    const sessions = createSessions({ store: createMemorySessionStore(), clock, https: url.startsWith("https:") });
    const visitor: SessionGrant = {
      clientId: "digital-workplace",
      userId: (await users.find("demo"))?.id ?? null,
      scopes: demoScopes,
    };
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
      secretBox: createSecretBox(keyRing, "run-token"),
      proofSigner,
      clock,
      random: systemRandom,
      log,
      origins: options.publicUrl === undefined ? [url, `http://localhost:${port}`] : [url],
      testMode,
      visitor,
      metrics,
      ...(options.callRates === undefined ? {} : { callRates: options.callRates }),
      clientAddress: (context) => getConnInfo(context).remote.address ?? null,
    });
    addSignInRoutes(app, { sessions, users, clients, testMode });
    addNotMePage(app, { links, codes: oneTimeCodes });
    if (catcher !== null) addInboxPage(app, catcher);
    addPages(app, { dist: new URL("../dist/", import.meta.url), sessions, visitor });
    serve(getRequestListener(app.fetch));

    return { url, catchesMail: catcher !== null, close };
  }
}

/** Cleans at the start and then each hour; a failed time is made up for by the next. */
function cleanEveryHour(clean: (signal: AbortSignal) => Promise<void>): () => void {
  const over = new AbortController();
  const run = () => void clean(over.signal).catch(() => undefined);
  run();
  const timer = setInterval(run, 3_600_000);
  return () => {
    clearInterval(timer);
    over.abort();
  };
}
