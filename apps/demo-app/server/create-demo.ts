import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { createKeyRing, createMemoryOneTimeCodeStore, createOneTimeCodes, generateKey } from "@onceflow/one-time-code";
import { createNodeScriptRunner } from "@onceflow/script-sandbox/node";
import { createLog, createMemorySessionStore, createServer, createSessions } from "@onceflow/server";
import type { Log, SessionGrant } from "@onceflow/server";
import { builtInSteps, createStepRegistry } from "@onceflow/step-runtime";
import type { Client, Clock, User } from "@onceflow/step-runtime";
import {
  createMemoryClients,
  createMemoryComponentStore,
  createMemoryEngine,
  createMemoryUsers,
  sampleClients,
  sampleUsers,
  systemClock,
  systemRandom,
} from "@onceflow/step-runtime/memory";
import { addPages } from "./add-pages.ts";
import { addSignInRoutes } from "./add-sign-in-routes.ts";
import { checkTestMode } from "./check-test-mode.ts";
import { demoScopes } from "./demo-scopes.ts";
import { importComponents } from "./import-components.ts";
import { listen } from "./listen.ts";

/** How a demo is started; tests hand in a clock and users. */
export interface DemoOptions {
  /** 0: any free one. @default 4310 */
  readonly port?: number;
  /** Where browsers reach it when not at its loopback address. */
  readonly publicUrl?: string | undefined;
  /** @default true */
  readonly testMode?: boolean;
  /** The environment variable NODE_ENV. */
  readonly nodeEnv?: string | undefined;
  readonly clock?: Clock;
  readonly users?: readonly User[];
  readonly clients?: readonly Client[];
  /** @default standard output: audit events, and of requests the failed ones only, so that the printed addresses stay in sight */
  readonly log?: Log;
}

/** A demo that runs. */
export interface Demo {
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends every run and connection. */
  close(): Promise<void>;
}

/**
 * Puts the demo together and opens its port: everything in memory, so that a restart starts anew.
 *
 * @throws TestModeRefusedError, PortInUseError
 */
export async function createDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port: wantedPort = 4310, clock = systemClock, log = createLog({ level: "error" }) } = options;
  const auditLog = options.log ?? createLog();
  const testMode = checkTestMode({
    requested: options.testMode ?? true,
    publicUrl: options.publicUrl ?? `http://127.0.0.1:${wantedPort}`,
    nodeEnv: options.nodeEnv,
  });
  const users = createMemoryUsers(options.users ?? sampleUsers);
  const clients = createMemoryClients(options.clients ?? sampleClients);
  const components = createMemoryComponentStore();
  await importComponents(new URL("../components/", import.meta.url), { components });

  const scriptRunner = createNodeScriptRunner();
  const oneTimeCodes = createOneTimeCodes({
    store: createMemoryOneTimeCodeStore({
      now: () => clock.now(),
      // An audit event holds no code, MAC, seal or address.
      onAudit: (audit) => auditLog.info({ audit }, "audit"),
    }),
    keyRing: createKeyRing({ current: "start", keys: { start: generateKey() } }),
    testMode,
  });
  const steps = createStepRegistry(builtInSteps);
  const engine = createMemoryEngine({
    steps,
    ports: { oneTimeCodes, users, clients, scriptRunner },
    clock,
    random: systemRandom,
  });

  const { server, port } = await listen(wantedPort);
  const url = options.publicUrl === undefined ? `http://127.0.0.1:${port}` : new URL(options.publicUrl).origin;
  const sessions = createSessions({ store: createMemorySessionStore(), clock, https: url.startsWith("https:") });
  const visitor: SessionGrant = {
    clientId: "digital-workplace",
    userId: (await users.find("demo"))?.id ?? null,
    scopes: demoScopes,
  };
  const app = createServer({
    engine,
    components,
    users,
    clients,
    steps,
    sessions,
    clock,
    random: systemRandom,
    log,
    origins: options.publicUrl === undefined ? [url, `http://localhost:${port}`] : [url],
    testMode,
    visitor,
    clientAddress: (context) => getConnInfo(context).remote.address ?? null,
  });
  addSignInRoutes(app, { sessions, users, clients, testMode });
  addPages(app, { dist: new URL("../dist/", import.meta.url), sessions, visitor });
  server.on("request", getRequestListener(app.fetch));

  return {
    url,
    async close() {
      await engine.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await scriptRunner.close();
    },
  };
}
