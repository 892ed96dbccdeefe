import type { Component } from "../component/component-schema.ts";
import type { Clock } from "../ports/clock.ts";
import type { Engine, RunResult, RunView, SequencedRunEvent, StartRun, StepIO } from "../ports/engine.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";
import type { Random } from "../ports/random.ts";
import { type CompiledComponent, compileComponent, InvalidComponentError } from "../run/compile-component.ts";
import { readInput } from "../run/read-input.ts";
import { runDataflow } from "../run/run-dataflow.ts";
import type { RunError, RunEvent } from "../run/run-events.ts";
import { initialRunState, nextRunState } from "../run/run-state.ts";
import { maskAddresses } from "../step/mask-addresses.ts";
import { createModelBudget, type ModelBudget, runBudget } from "../step/model-budget.ts";
import type { StepRegistry } from "../step/step-registry.ts";

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
  /** How many ended runs are kept; the oldest go first. Default 1,000. */
  readonly keepEnded?: number;
  /** What the outputs of all kept runs may come to, in bytes or so; the oldest ended ones go first. Default 256 MB. */
  readonly keepEndedBytes?: number;
}

/** How many ids of forgotten runs are remembered. */
const rememberedIds = 100_000;

interface MemoryRun {
  start: StartRun;
  readonly budget: ModelBudget;
  readonly events: RunEvent[];
  readonly controller: AbortController;
  result: RunResult | null;
  /** Called at every event and at the end. */
  readonly watchers: Set<() => void>;
}

/** An engine without a database: runs live as long as the process. Preview, CLI, tests and the first server use it. */
export function createMemoryEngine<Ports, Given extends Ports & CodePort>(
  options: MemoryEngineOptions<Ports, Given>,
): Engine {
  const { steps, ports, clock, random, keepEnded = 1000, keepEndedBytes = 256_000_000 } = options;
  const runs = new Map<string, MemoryRun>();
  // A run id is never started twice, also when its run is forgotten: steps rely on their idempotency key.
  const forgotten = new Set<string>();
  const compiled = new WeakMap<Component, CompiledComponent>();

  const drive = async (run: MemoryRun): Promise<void> => {
    const { runId, component, dataflowId, input, caller } = run.start;
    const io = createMemoryIO(run, clock, random);
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
            signal: run.controller.signal,
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
    if (result.status !== "completed") await ports.oneTimeCodes.revokeRun(runId);
    run.result = result;
    // What people typed is needed no longer.
    run.start = { ...run.start, input: {} };
    notify(run);
    forgetOldest(runs, forgotten, { count: keepEnded, bytes: keepEndedBytes });
  };

  return {
    async start(start) {
      if (runs.has(start.runId) || forgotten.has(start.runId)) return { created: false };
      const run: MemoryRun = {
        start,
        budget: createModelBudget(),
        events: [],
        controller: new AbortController(),
        result: null,
        watchers: new Set(),
      };
      runs.set(start.runId, run);
      void drive(run);
      return { created: true };
    },
    async cancel(runId) {
      runs.get(runId)?.controller.abort();
    },
    async get(runId) {
      const run = runs.get(runId);
      return run ? viewRun(run) : null;
    },
    events: (runId, after = 0, signal) => watch(runs.get(runId), after, signal),
    async close() {
      for (const run of runs.values()) run.controller.abort();
    },
  };
}

function createMemoryIO(run: MemoryRun, clock: Clock, random: Random): StepIO {
  const { signal } = run.controller;
  return {
    // Nothing is replayed in memory, so a step's result needs no record.
    step: (_key, body) => {
      let uuid: string | undefined;
      return body({
        now: clock.now(),
        get uuid() {
          return (uuid ??= random.uuid());
        },
        signal,
      });
    },
    emit(event) {
      run.events.push(event);
      if (run.watchers.size > 0) notify(run);
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

function viewRun({ start, events, result }: MemoryRun): RunView {
  return {
    runId: start.runId,
    componentId: start.component.id,
    dataflowId: start.dataflowId,
    caller: start.caller,
    state: events.reduce(nextRunState, initialRunState),
    result,
  };
}

function notify(run: MemoryRun): void {
  for (const watcher of run.watchers) watcher();
}

async function* watch(
  run: MemoryRun | undefined,
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<SequencedRunEvent> {
  if (!run) return;
  for (let seq = Math.max(0, after); ;) {
    if (signal?.aborted) return;
    const event = run.events[seq];
    if (event) {
      seq += 1;
      yield { ...event, seq };
    } else if (run.result) {
      return;
    } else {
      await new Promise<void>((resolve) => {
        const wake = () => {
          run.watchers.delete(wake);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        run.watchers.add(wake);
        signal?.addEventListener("abort", wake);
      });
    }
  }
}

function forgetOldest(
  runs: Map<string, MemoryRun>,
  forgotten: Set<string>,
  keep: { readonly count: number; readonly bytes: number },
): void {
  let count = runs.size;
  let bytes = 0;
  for (const { budget } of runs.values()) bytes += runBudget - budget.left;
  for (const [runId, { budget, result }] of runs) {
    if (count <= keep.count && bytes <= keep.bytes) break;
    if (result === null) continue;
    runs.delete(runId);
    forgotten.add(runId);
    count -= 1;
    bytes -= runBudget - budget.left;
  }
  for (const runId of forgotten) {
    if (forgotten.size <= rememberedIds) break;
    forgotten.delete(runId);
  }
}
