import type { Component } from "../component/component-schema.ts";
import type { Clock } from "../ports/clock.ts";
import type { Engine, RunResult } from "../ports/engine.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";
import type { Random } from "../ports/random.ts";
import { type CompiledComponent, compileComponent, InvalidComponentError } from "../run/compile-component.ts";
import { readInput } from "../run/read-input.ts";
import { runDataflow } from "../run/run-dataflow.ts";
import type { RunError } from "../run/run-events.ts";
import { maskAddresses } from "../step/mask-addresses.ts";
import type { StepRegistry } from "../step/step-registry.ts";
import { createKeptRuns } from "./kept-runs.ts";
import { MemoryRun } from "./memory-run.ts";
import { watchRun } from "./watch-run.ts";

/** The engine itself revokes the codes of runs that do not complete. */
interface CodePort {
  readonly oneTimeCodes: OneTimeCodes;
}

/** What an engine in memory is made of; the clock and the ids are handed in, so that a run can be repeated exactly. */
export interface MemoryEngineOptions<Ports, Given extends Ports & CodePort = Ports & CodePort> {
  readonly steps: StepRegistry<Ports>;
  /** Given to the steps as they are. */
  readonly ports: Given;
  readonly clock: Clock;
  readonly random: Random;
  /** How many ended runs are kept at least (at most twice as many); the oldest go first. Default 1,000. */
  readonly keepEnded?: number;
  /** What the outputs of all kept runs may come to, in bytes or so; the oldest ended ones go first. Default 256 MB. */
  readonly keepEndedBytes?: number;
}

/** An engine without a database: runs live as long as the process. Preview, CLI, tests and the first server use it. */
export function createMemoryEngine<Ports, Given extends Ports & CodePort>(
  options: MemoryEngineOptions<Ports, Given>,
): Engine {
  const { steps, ports, clock, random, keepEnded = 1000, keepEndedBytes = 256_000_000 } = options;
  const runs = createKeptRuns({ count: keepEnded, bytes: keepEndedBytes });
  const compiled = new WeakMap<Component, CompiledComponent>();

  const drive = async (run: MemoryRun): Promise<void> => {
    const { runId, component, dataflowId, input, caller } = run.start;
    const io = run.createIO(clock, random);
    let code = compiled.get(component);
    if (!code) {
      code = compileComponent(component, steps);
      compiled.set(component, code);
    }
    let result: RunResult;
    try {
      const dataflow = code.dataflow(dataflowId);
      result = dataflow
        ? await runDataflow(dataflow, {
            runId,
            input: readInput(component, input),
            caller,
            ports,
            io,
            clock,
            isCancelled: () => run.cancelled,
            budget: run.budget,
          })
        : failToStart(run, clock, {
            code: "unknown-dataflow",
            message: `Component "${component.id}" has no dataflow "${dataflowId}".`,
            stepId: null,
          });
    } catch (thrown) {
      result = failToStart(run, clock, startError(thrown));
    }
    // A run must end whatever its code store does; codes that could not be revoked expire by themselves.
    if (result.status !== "completed") await ports.oneTimeCodes.revokeRun(runId).catch(() => undefined);
    run.end(result);
    runs.hasEnded(run);
  };

  return {
    async start(start) {
      if (runs.hasStarted(start.runId)) return { created: false };
      const run = new MemoryRun(start);
      runs.add(run);
      void drive(run);
      return { created: true };
    },
    async cancel(runId) {
      runs.get(runId)?.cancel();
    },
    async get(runId) {
      return runs.get(runId)?.view() ?? null;
    },
    events: (runId, after = 0, signal) => watchRun(runs.get(runId), after, signal),
    async close() {
      for (const run of runs.all()) run.cancel();
    },
  };
}

function failToStart(run: MemoryRun, clock: Clock, error: RunError): RunResult {
  run.events.push({ type: "run-failed", error, at: clock.now() });
  return { status: "failed", response: null, responseStatus: null, definitions: {}, modal: null, messages: [], error };
}

/** A step type's own code runs while a component is checked and compiled: what it throws ends the run, never the process. */
function startError(thrown: unknown): RunError {
  if (thrown instanceof InvalidComponentError) {
    return { code: thrown.code, message: thrown.message, stepId: thrown.issues[0]?.stepId ?? null };
  }
  const words = thrown instanceof Error ? maskAddresses(thrown.message) : "unknown error";
  return { code: "run-crashed", message: `The run could not start: ${words}`, stepId: null };
}
