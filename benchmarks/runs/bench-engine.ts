import { createSecretBox, parseKeyRing } from "@onceflow/one-time-code";
import { createDurableEngine } from "@onceflow/durable-engine";
import { type BuiltInPorts, builtInSteps, createStepRegistry, type Engine } from "@onceflow/step-runtime";
import { ports } from "../engine/for-test-code-ports.ts";
import { trivialSteps } from "./components.ts";

/** The durable engine with its defaults, whatever process it is in. */
export function openBenchEngine(
  databaseUrl: string,
  { keys, role = "all" }: { readonly keys: string; readonly role?: "all" | "web" | "worker" },
): Promise<Engine> {
  return createDurableEngine<BuiltInPorts, BuiltInPorts>({
    databaseUrl,
    role,
    ports,
    steps: createStepRegistry([...builtInSteps, ...trivialSteps]),
    secretBox: createSecretBox(parseKeyRing(keys), "state"),
    onNotice: (message) => console.error(message),
  });
}
