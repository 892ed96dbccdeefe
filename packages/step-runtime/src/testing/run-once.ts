import type { Component, Step } from "../component/component-schema.ts";
import type { JsonObject } from "../component/json.ts";
import { createFixedClock } from "../memory/fixed-clock.ts";
import { createMemoryClients } from "../memory/memory-clients.ts";
import { createMemoryEngine } from "../memory/memory-engine.ts";
import { createMemoryUsers } from "../memory/memory-users.ts";
import { sampleClients, sampleUsers } from "../memory/sample-users.ts";
import { createSeededRandom } from "../memory/seeded-random.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";
import type { ScriptRunner } from "../ports/script-runner.ts";
import type { RunResult } from "../ports/engine.ts";
import type { RunEvent } from "../run/run-events.ts";
import type { Caller } from "../step/caller.ts";
import type { AnyStep } from "../step/define-step.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { createMemoryOneTimeCodes } from "./memory-one-time-codes.ts";
import { createPlainScriptRunner } from "./plain-script-runner.ts";

/** What a test may set; the rest is user `demo` at client `digital-workplace`, in test mode. */
export interface RunOnceOptions {
  readonly dataflowId?: string;
  readonly input?: JsonObject;
  readonly caller?: Partial<Caller>;
  readonly steps?: readonly AnyStep[];
  readonly testMode?: boolean;
  readonly oneTimeCodes?: OneTimeCodes;
  readonly scriptRunner?: ScriptRunner;
}

/** Runs one dataflow in memory and gives its result with all its events. */
export async function runOnce(
  component: Component,
  options: RunOnceOptions = {},
): Promise<{ readonly result: RunResult; readonly events: readonly RunEvent[] }> {
  const clock = createFixedClock();
  const engine = createMemoryEngine({
    steps: createStepRegistry([...builtInSteps, ...(options.steps ?? [])]),
    ports: {
      oneTimeCodes: options.oneTimeCodes ?? createMemoryOneTimeCodes({ clock, testMode: options.testMode ?? true }),
      users: createMemoryUsers(sampleUsers),
      clients: createMemoryClients(sampleClients),
      scriptRunner: options.scriptRunner ?? createPlainScriptRunner(() => {}),
    },
    clock,
    random: createSeededRandom(),
  });
  const caller = {
    clientId: "digital-workplace",
    userId: "user-demo",
    sessionId: "session-1",
    ipClass: null,
    ...options.caller,
  };
  const dataflowId = options.dataflowId ?? component.dataflows[0]?.id ?? "";
  await engine.start({ runId: "run-1", component, dataflowId, input: options.input ?? {}, caller });
  const events: RunEvent[] = [];
  for await (const { seq: _, ...event } of engine.events("run-1")) events.push(event);
  const view = await engine.get("run-1");
  if (!view?.result) throw new Error("The run has not ended.");
  return { result: view.result, events };
}

/** A component with one dataflow of one stage, for a test of its steps. */
export function componentOfSteps(steps: readonly Step[], more: Partial<Component> = {}): Component {
  return {
    format: "onceflow/component",
    formatVersion: 1,
    id: "test",
    name: "Test",
    definitions: [],
    page: { controls: [] },
    modals: [],
    templates: [],
    dataflows: [{ id: "main", name: "Main", stages: [{ id: "only", name: "Only", steps: [...steps] }] }],
    ...more,
  };
}
