import { describe, expect, it } from "vitest";
import type { Engine } from "../ports/engine.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { describeEngine, type TestedEngine } from "../testing/describe-engine.ts";
import { forTestCode } from "../testing/for-test-code.ts";
import { createSamplePorts } from "../testing/sample-ports.ts";
import { createFixedClock } from "./fixed-clock.ts";
import { createMemoryEngine } from "./memory-engine.ts";
import { createSeededRandom } from "./seeded-random.ts";

describeEngine("memory", async () => create());

describe("createMemoryEngine", () => {
  const start = {
    component: forTestCode,
    dataflowId: "get-code",
    input: {},
    caller: { clientId: "digital-workplace", userId: "user-demo", sessionId: "session-1", ipClass: null },
  };
  const finish = async (engine: Engine, runId: string) => {
    await engine.start({ ...start, runId });
    for await (const _ of engine.events(runId)) continue;
  };

  it("forgets the oldest ended runs, and never starts their ids again", async () => {
    const engine = create({ keepEnded: 1 });
    for (const runId of ["run-1", "run-2", "run-3"]) await finish(engine, runId);
    expect(await engine.get("run-1")).toBeNull();
    expect(await engine.get("run-3")).toMatchObject({ result: { status: "completed" } });
    expect(await engine.start({ ...start, runId: "run-1" })).toEqual({ created: false });
  });

  it("forgets by size as well", async () => {
    const engine = create({ keepEndedBytes: 1000 });
    for (const runId of ["run-1", "run-2"]) await finish(engine, runId);
    expect(await engine.get("run-1")).toBeNull();
  });
});

function create(more: { readonly keepEnded?: number; readonly keepEndedBytes?: number } = {}): TestedEngine {
  const clock = createFixedClock();
  const ports = createSamplePorts({ clock });
  const engine = createMemoryEngine({
    ...more,
    steps: createStepRegistry(builtInSteps),
    ports,
    clock,
    timer: clock,
    random: createSeededRandom(),
    messagesOf: (runId) => ports.notifier.messagesOf(runId),
  });
  return { ...engine, advance: (ms) => clock.advance(ms), proofKeys: () => ports.proofSigner.publicKeys() };
}
