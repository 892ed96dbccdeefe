import { createSecretBox, newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { type AnyStep, type BuiltInPorts, builtInSteps, createStepRegistry, type Engine } from "@onceflow/step-runtime";
import {
  createMemoryClients,
  createMemoryNotifier,
  createMemoryProofSigner,
  createMemoryUsers,
  sampleClients,
  sampleUsers,
  systemClock,
} from "@onceflow/step-runtime/memory";
import { createMemoryOneTimeCodes, createPlainScriptRunner } from "@onceflow/step-runtime/testing";
import { createDurableEngine, type DurableEngineOptions } from "../create-durable-engine.ts";

/** The keys of engines that share a database in a test. */
export const testKeys: string = newKeyRingText();

/** An engine over a database, with sample users, in test mode; patience is short, so that tests are. */
export async function openEngine(
  databaseUrl: string,
  {
    keys = testKeys,
    steps = [],
    ports = {},
    ...more
  }: { keys?: string; steps?: readonly AnyStep[]; ports?: Partial<BuiltInPorts> } & Partial<
    Omit<DurableEngineOptions<BuiltInPorts>, "steps" | "ports">
  > = {},
): Promise<Engine> {
  const oneTimeCodes = createMemoryOneTimeCodes({ clock: systemClock });
  const notifier = createMemoryNotifier({ openCode: (id) => oneTimeCodes.openForDelivery(id) });
  return createDurableEngine({
    databaseUrl,
    secretBox: createSecretBox(parseKeyRing(keys), "state"),
    pollMs: 20,
    heartbeatMs: 100,
    deadAfterMs: 10_000,
    maxConnections: 6,
    messagesOf: (runId) => notifier.messagesOf(runId),
    ...more,
    steps: createStepRegistry([...builtInSteps, ...steps]),
    ports: {
      oneTimeCodes,
      notifier,
      proofSigner: createMemoryProofSigner(),
      users: createMemoryUsers(sampleUsers),
      clients: createMemoryClients(sampleClients),
      scriptRunner: createPlainScriptRunner((item) => {
        item["new_code"] = (item["oneTimeCode"] as { readonly code: string }).code;
      }),
      ...ports,
    },
  });
}
