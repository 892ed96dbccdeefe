import { describe, expect, it } from "vitest";
import type { Engine } from "../ports/engine.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { describeEngine, type TestedEngine } from "../testing/describe-engine.ts";
import { forTestCode } from "../testing/for-test-code.ts";
import { createMemoryOneTimeCodes } from "../testing/memory-one-time-codes.ts";
import { createPlainScriptRunner } from "../testing/plain-script-runner.ts";
import { createFixedClock } from "./fixed-clock.ts";
import { createMemoryClients } from "./memory-clients.ts";
import { createMemoryEngine } from "./memory-engine.ts";
import { createMemoryNotifier } from "./memory-notifier.ts";
import { createMemoryProofSigner } from "./memory-proof-signer.ts";
import { createMemoryUsers } from "./memory-users.ts";
import { sampleClients, sampleUsers } from "./sample-users.ts";
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
  const oneTimeCodes = createMemoryOneTimeCodes({ clock });
  const notifier = createMemoryNotifier({ openCode: (id) => oneTimeCodes.openForDelivery(id) });
  const engine = createMemoryEngine({
    ...more,
    steps: createStepRegistry(builtInSteps),
    ports: {
      oneTimeCodes,
      notifier,
      proofSigner: createMemoryProofSigner(),
      users: createMemoryUsers(sampleUsers),
      clients: createMemoryClients(sampleClients),
      scriptRunner: createPlainScriptRunner((item) => {
        item["new_code"] = (item["oneTimeCode"] as { readonly code: string }).code;
      }),
    },
    clock,
    timer: clock,
    random: createSeededRandom(),
    messagesOf: (runId) => notifier.messagesOf(runId),
  });
  return { ...engine, advance: (ms) => clock.advance(ms) };
}
