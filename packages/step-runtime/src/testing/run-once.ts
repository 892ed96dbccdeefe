import type { Component, Step } from "../component/component-schema.ts";
import type { JsonObject } from "../component/json.ts";
import { createFixedClock } from "../memory/fixed-clock.ts";
import { createMemoryEngine } from "../memory/memory-engine.ts";
import { createSeededRandom } from "../memory/seeded-random.ts";
import type { RunAnswer, RunResult } from "../ports/engine.ts";
import type { RunEvent } from "../run/run-events.ts";
import type { Caller } from "../step/caller.ts";
import type { AnyStep } from "../step/define-step.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import type { MemoryOneTimeCodes } from "./memory-one-time-codes.ts";
import { createSamplePorts, type SamplePortsOptions } from "./sample-ports.ts";

/** What a test may set; the rest is user `demo` at client `digital-workplace`, in test mode. */
export interface RunOnceOptions extends Omit<SamplePortsOptions, "clock"> {
  readonly dataflowId?: string;
  readonly input?: JsonObject;
  readonly caller?: Partial<Caller>;
  readonly steps?: readonly AnyStep[];
  /** For the questions in order: what is answered, or that nobody does in time; without one more the run is cancelled. */
  readonly answers?: readonly (
    | "timeout"
    | ((codes: MemoryOneTimeCodes) => Promise<Omit<RunAnswer, "answerId" | "ipClass">>)
  )[];
}

/** Runs one dataflow in memory and gives its result with all its events. */
export async function runOnce(
  component: Component,
  options: RunOnceOptions = {},
): Promise<{ readonly result: RunResult; readonly events: readonly RunEvent[] }> {
  const clock = createFixedClock();
  const ports = createSamplePorts({ ...options, clock });
  const engine = createMemoryEngine({
    steps: createStepRegistry([...builtInSteps, ...(options.steps ?? [])]),
    ports,
    clock,
    timer: clock,
    random: createSeededRandom(),
    messagesOf: (runId) => ports.notifier.messagesOf(runId),
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
  const answers = [...(options.answers ?? [])];
  for await (const { seq: _, ...event } of engine.events("run-1")) {
    events.push(event);
    if (event.type !== "run-suspended") continue;
    const token = (await engine.get("run-1"))?.question?.token ?? "";
    const answer = answers.shift();
    if (!answer) await engine.cancel("run-1");
    else if (answer === "timeout") clock.advance((event.deadline ?? 0) - clock.now());
    else await engine.answer("run-1", token, { ...(await answer(ports.oneTimeCodes)), answerId: token, ipClass: null });
  }
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
