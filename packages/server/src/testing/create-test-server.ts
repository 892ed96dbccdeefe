import { builtInSteps, createStepRegistry, parseComponent } from "@onceflow/step-runtime";
import type { Caller, ComponentStore, Notifier, OneTimeCodes, Scope } from "@onceflow/step-runtime";
import {
  createFixedClock,
  createMemoryApiKeys,
  createMemoryClients,
  createMemoryComponentStore,
  createMemoryEngine,
  createMemoryProofSigner,
  createMemoryUsers,
  sampleClients,
  sampleUsers,
  systemRandom,
} from "@onceflow/step-runtime/memory";
import type { FixedClock } from "@onceflow/step-runtime/memory";
import { createMemorySessionStore } from "../auth/memory-session-store.ts";
import { createSessions } from "../auth/sessions.ts";
import { createServer } from "../create-server.ts";
import { createLog } from "../log/create-log.ts";
import type { ServerOptions } from "../server-options.ts";
import { breakStep, createGate, gateStep } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { type BearerCalls, callWith } from "./call-with.ts";
import { gatedComponent } from "./gated-component.ts";
import { createTestSecretBox } from "./test-secret-box.ts";
import { visit } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

/** A server over ports in memory that holds the component `gated`. */
export interface TestServer {
  readonly app: ReturnType<typeof createServer>;
  /** Whom runs were started as. */
  readonly callers: readonly Caller[];
  readonly clock: FixedClock;
  readonly components: ComponentStore;
  readonly gate: Gate;
  /** How many readers follow the events of runs. */
  readonly readers: () => number;
  /** What was logged, line by line. */
  readonly log: readonly string[];
  readonly visit: () => Promise<Visitor>;
  /** A program that calls with a new API key. */
  readonly program: (
    clientId: string,
    ...scopes: readonly Scope[]
  ) => Promise<BearerCalls & { readonly keyId: string }>;
  /** Ends a key. */
  readonly revoke: (keyId: string) => Promise<boolean>;
}

// These tests issue no codes: the demo's do, over the real thing.
const noCodes: OneTimeCodes = {
  issue: () => Promise.reject(new Error("no codes here")),
  confirm: () => Promise.reject(new Error("no codes here")),
  revokeRun: async () => {},
};

const noMail: Notifier = { queue: () => Promise.reject(new Error("no mail here")) };

/** Makes one; `overrides` replace what it is handed. */
export async function createTestServer(overrides: Partial<ServerOptions> = {}): Promise<TestServer> {
  const clock = createFixedClock();
  const gate = createGate();
  const log: string[] = [];
  const users = createMemoryUsers(sampleUsers);
  const clients = createMemoryClients(sampleClients);
  const components = overrides.components ?? createMemoryComponentStore();
  const { component } = parseComponent(JSON.stringify(gatedComponent));
  if (component !== null && overrides.components === undefined) {
    await components.put(component);
    await components.publish(component.id, 1);
  }
  const apiKeys = createMemoryApiKeys({ clock });
  const scriptRunner = { languages: [], run: () => Promise.reject(new Error("no scripts here")) };
  const steps = createStepRegistry([...builtInSteps, gateStep(gate), breakStep]);
  const proofSigner = createMemoryProofSigner();
  const engine = createMemoryEngine({
    steps,
    ports: { oneTimeCodes: noCodes, users, clients, scriptRunner, notifier: noMail, proofSigner },
    clock,
    random: systemRandom,
    timer: clock,
  });
  const callers: Caller[] = [];
  let readers = 0;
  const app = createServer({
    engine: {
      ...engine,
      start(start) {
        callers.push(start.caller);
        return engine.start(start);
      },
      async *events(...given) {
        readers += 1;
        try {
          yield* engine.events(...given);
        } finally {
          readers -= 1;
        }
      },
    },
    components,
    codes: { callLimit: async () => null, unlock: async () => {} },
    audit: { list: async () => [], tally: async () => [] },
    users,
    clients,
    steps,
    sessions: createSessions({ store: createMemorySessionStore(), clock }),
    apiKeys,
    secretBox: createTestSecretBox(),
    proofSigner,
    clock,
    random: systemRandom,
    log: createLog({ destination: { write: (line) => void log.push(line) } }),
    origins: ["http://localhost"],
    testMode: false,
    visitor: { clientId: "digital-workplace", userId: "user-demo", scopes: ["author", "execute"] },
    ...overrides,
  });
  return {
    app,
    callers,
    clock,
    components,
    gate,
    readers: () => readers,
    log,
    visit: () => visit(app),
    async program(clientId, ...scopes) {
      const { keyId, key } = await apiKeys.create({ clientId, scopes });
      return { ...callWith(app, key), keyId };
    },
    revoke: (keyId) => apiKeys.revoke(keyId),
  };
}
