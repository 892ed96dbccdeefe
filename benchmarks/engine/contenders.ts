import {
  compileComponent,
  builtInSteps,
  createStepRegistry,
  readInput,
  runDataflow,
  type RunEvent,
} from "@onceflow/step-runtime";
import { createMemoryEngine, createSeededRandom, systemClock } from "@onceflow/step-runtime/memory";
import { forTestCode } from "@onceflow/step-runtime/testing/for-test-code";
import { caller, ports } from "./for-test-code-ports.ts";
import { runPlain } from "./plain-calls.ts";

/** One run of ForTestCode's Get code; returns the code it showed, so that a wrong run fails the benchmark. */
export type Contender = () => Promise<unknown>;

const steps = createStepRegistry(builtInSteps);

/** The contenders by name; each is loaded only in the process that measures it. */
export const contenders: Readonly<Record<string, () => Promise<Contender>>> = {
  "plain calls": async () => runPlain,

  onceflow: async () => {
    const dataflow = compileComponent(forTestCode, steps).dataflow("get-code");
    if (!dataflow) throw new Error("ForTestCode has no dataflow get-code.");
    const controller = new AbortController();
    let runs = 0;
    return async () => {
      runs += 1;
      const events: RunEvent[] = [];
      const call = { now: Date.now(), uuid: "", signal: controller.signal };
      const result = await runDataflow(dataflow, {
        runId: `run-${runs}`,
        input: readInput(forTestCode, {}),
        caller,
        ports,
        clock: systemClock,
        io: { step: (_key, body) => body(call), emit: (event) => void events.push(event) },
      });
      if (events.length !== 18) throw new Error(`Expected 18 events, got ${events.length}.`);
      if (result.status === "suspended") throw new Error("The run waits.");
      return result.definitions["ForTestCode"];
    };
  },

  "onceflow, memory engine": async () => {
    const engine = createMemoryEngine({
      steps,
      ports,
      clock: systemClock,
      random: createSeededRandom(),
      keepEnded: 10,
    });
    let runs = 0;
    return async () => {
      runs += 1;
      const runId = `run-${runs}`;
      await engine.start({ runId, component: forTestCode, dataflowId: "get-code", input: {}, caller });
      // Waits for the last of the 18 events, as a caller does who wants the result.
      for await (const event of engine.events(runId, 17))
        if (event.type !== "run-completed") throw new Error(event.type);
      return (await engine.get(runId))?.result?.definitions["ForTestCode"];
    };
  },

  "xstate, sync": async () => (await import("./xstate-peer.ts")).createXstateRun(),
};
