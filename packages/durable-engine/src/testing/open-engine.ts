import { createSecretBox, newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { type AnyStep, type BuiltInPorts, builtInSteps, createStepRegistry, type Engine } from "@onceflow/step-runtime";
import { systemClock } from "@onceflow/step-runtime/memory";
import { createSamplePorts } from "@onceflow/step-runtime/testing";
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
  const samples = createSamplePorts({ clock: systemClock });
  return createDurableEngine({
    databaseUrl,
    secretBox: createSecretBox(parseKeyRing(keys), "state"),
    pollMs: 20,
    heartbeatMs: 100,
    deadAfterMs: 10_000,
    maxConnections: 6,
    messagesOf: (runId) => samples.notifier.messagesOf(runId),
    ...more,
    steps: createStepRegistry([...builtInSteps, ...steps]),
    ports: { ...samples, ...ports },
  });
}
