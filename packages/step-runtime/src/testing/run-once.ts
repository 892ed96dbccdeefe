import type { Component, Step } from "../component/component-schema.ts";
import type { JsonObject } from "../component/json.ts";
import { createFixedClock } from "../memory/fixed-clock.ts";
import { createMemoryClients } from "../memory/memory-clients.ts";
import { createMemoryEngine } from "../memory/memory-engine.ts";
import { createMemoryNotifier } from "../memory/memory-notifier.ts";
import { createMemoryProofSigner } from "../memory/memory-proof-signer.ts";
import { createMemoryUsers } from "../memory/memory-users.ts";
import { sampleClients, sampleUsers } from "../memory/sample-users.ts";
import { createSeededRandom } from "../memory/seeded-random.ts";
import type { ProofSigner } from "../ports/proof-signer.ts";
import type { ScriptRunner } from "../ports/script-runner.ts";
import type { User } from "../ports/users.ts";
import type { RunAnswer, RunResult } from "../ports/engine.ts";
import type { RunEvent } from "../run/run-events.ts";
import type { Caller } from "../step/caller.ts";
import type { AnyStep } from "../step/define-step.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { createMemoryOneTimeCodes, type MemoryOneTimeCodes } from "./memory-one-time-codes.ts";
import { createPlainScriptRunner } from "./plain-script-runner.ts";

/** What a test may set; the rest is user `demo` at client `digital-workplace`, in test mode. */
export interface RunOnceOptions {
  readonly dataflowId?: string;
  readonly input?: JsonObject;
  readonly caller?: Partial<Caller>;
  readonly steps?: readonly AnyStep[];
  readonly testMode?: boolean;
  /** @default sampleUsers */
  readonly users?: readonly User[];
  readonly oneTimeCodes?: MemoryOneTimeCodes;
  readonly scriptRunner?: ScriptRunner;
  readonly proofSigner?: ProofSigner;
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
  const testMode = options.testMode ?? true;
  const oneTimeCodes = options.oneTimeCodes ?? createMemoryOneTimeCodes({ clock, testMode });
  const notifier = createMemoryNotifier({ openCode: (id) => oneTimeCodes.openForDelivery(id) });
  const engine = createMemoryEngine({
    steps: createStepRegistry([...builtInSteps, ...(options.steps ?? [])]),
    ports: {
      oneTimeCodes,
      notifier,
      proofSigner: options.proofSigner ?? createMemoryProofSigner(),
      users: createMemoryUsers(options.users ?? sampleUsers),
      clients: createMemoryClients(sampleClients),
      scriptRunner: options.scriptRunner ?? createPlainScriptRunner(() => {}),
    },
    clock,
    timer: clock,
    random: createSeededRandom(),
    messagesOf: (runId) => notifier.messagesOf(runId),
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
    else await engine.answer("run-1", token, { ...(await answer(oneTimeCodes)), answerId: token, ipClass: null });
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
