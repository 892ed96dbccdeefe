import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import {
  createMemoryOneTimeCodeStore,
  createOneTimeCodePolicy,
  createOneTimeCodes,
  createSecretBox,
  newKeyRingText,
  parseKeyRing,
} from "@onceflow/one-time-code";
import { createLog, createMemorySessionStore, createMetrics, createServer, createSessions } from "@onceflow/server";
import { builtInSteps, createStepRegistry, type OneTimeCodes } from "@onceflow/step-runtime";
import {
  createMemoryApiKeys,
  createMemoryClients,
  createMemoryComponentStore,
  createMemoryEngine,
  createMemoryProofSigner,
  createMemoryUsers,
  systemClock,
  systemRandom,
} from "@onceflow/step-runtime/memory";
import { codeFlow, codeFlowPath } from "./code-flow-component.ts";
import type { HttpContender } from "./http-contender.ts";
import { httpUsers } from "./http-users.ts";

const unlimited = 1_000_000_000;

/**
 * Our API as `onceflow serve` puts it together, with all its stores in memory. Beyond what the peers do, each request's API key is
 * found by its hash and its calls are counted, headers, depth and shape of the body are checked, a line is logged and metrics are
 * kept; each run has a caller, its definitions' types are checked, its secrets are masked, and its 14 events and its steps stay
 * readable. Only the limits are out of reach, since one client asks for everybody.
 */
export async function createOnceflowHttp(
  oneTimeCodes: OneTimeCodes,
  { port }: { port: number },
): Promise<HttpContender> {
  const clock = systemClock;
  const users = createMemoryUsers(httpUsers);
  const clients = createMemoryClients([{ id: "shop", name: "Shop", test: true }]);
  const components = createMemoryComponentStore();
  await components.put(codeFlow);
  await components.publish(codeFlow.id, 1);
  const apiKeys = createMemoryApiKeys();
  const { key } = await apiKeys.create({ clientId: "shop", scopes: ["execute"] });
  const proofSigner = createMemoryProofSigner();
  const steps = createStepRegistry(builtInSteps);
  const audit = { list: async () => [], tally: async () => [] };
  const outbox = { backlog: async () => ({ waiting: 0, oldestAgeMs: 0 }) };
  const metrics = createMetrics({ audit, outbox, clock });
  const engine = createMemoryEngine({
    steps,
    ports: {
      oneTimeCodes,
      users,
      clients,
      proofSigner,
      notifier: { queue: async () => ({ status: "queued" as const }) },
      scriptRunner: { languages: [], run: () => Promise.reject(new Error("There are no scripts here.")) },
    },
    clock,
    random: systemRandom,
    onStart: () => metrics.runStarted(),
    onEnd: (status) => metrics.runEnded(status),
  });
  const app = createServer({
    engine,
    components,
    codes: { callLimit: async () => null, unlock: async () => {} },
    audit,
    users,
    clients,
    steps,
    sessions: createSessions({ store: createMemorySessionStore(), clock }),
    apiKeys,
    secretBox: createSecretBox(parseKeyRing(newKeyRingText()), "run-token/default"),
    proofSigner,
    clock,
    random: systemRandom,
    log: createLog(),
    origins: [`http://127.0.0.1:${port}`],
    testMode: true,
    metrics,
    callRates: { network: unlimited, apiKey: unlimited },
    clientAddress: (context) => getConnInfo(context).remote.address ?? null,
  });
  return { listener: getRequestListener(app.fetch), path: codeFlowPath, authorization: `Bearer ${key}` };
}

/** Our codes with MACs, sealed, with attempts and every budget, in memory. */
export function createMemoryCodes(): OneTimeCodes {
  const limit = { seconds: 60, max: unlimited };
  return createOneTimeCodes({
    store: createMemoryOneTimeCodeStore({ now: () => Date.now() }),
    keyRing: parseKeyRing(newKeyRingText()),
    policy: createOneTimeCodePolicy({ clientIssues: limit, clientConfirms: limit }),
    testMode: true,
  });
}
