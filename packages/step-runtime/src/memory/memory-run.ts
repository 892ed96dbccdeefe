import type { Clock } from "../ports/clock.ts";
import type { RunQuestion, RunResult, RunSummary, RunView, StartRun, StepCall, StepIO } from "../ports/engine.ts";
import type { Random } from "../ports/random.ts";
import type { Checkpoint } from "../run/checkpoint.ts";
import type { RunEvent } from "../run/run-events.ts";
import { initialRunState, nextRunState, type RunState } from "../run/run-state.ts";
import type { Caller } from "../step/caller.ts";
import { createModelBudget, runBudget } from "../step/model-budget.ts";

/** What a run waits with, and what it needs to go on. */
export interface OpenQuestion {
  readonly view: RunQuestion;
  readonly checkpoint: Checkpoint;
  /** Takes back the time limit. */
  readonly cancelTimeout: () => void;
}

/** One run of the memory engine, from its start until it is forgotten. */
export class MemoryRun {
  start: StartRun;
  readonly budget = createModelBudget();
  readonly events: RunEvent[] = [];
  /** Called at every event and at the end. */
  readonly watchers = new Set<() => void>();
  result: RunResult | null = null;
  question: OpenQuestion | null = null;
  /** The id of the answer that each question took, by its token; null while it has none, and for good when it ended without one. */
  readonly answers = new Map<string, string | null>();
  cancelled = false;
  #controller: AbortController | null = null;

  /** Of the engine's runs, in the order of their start. */
  readonly number: number;

  constructor(start: StartRun, number: number) {
    this.start = start;
    this.number = number;
  }

  /** Made when a step first asks for it: most never do, and making one costs more than many a step. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.cancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  /** What the outputs came to, in bytes or so. */
  get bytes(): number {
    return runBudget - this.budget.left;
  }

  cancel(): void {
    this.cancelled = true;
    this.#controller?.abort();
  }

  end(result: RunResult): void {
    this.result = result;
    this.question = null;
    // What people typed is needed no longer.
    this.start = { ...this.start, input: {} };
    this.#notify();
  }

  /** Nothing is replayed in memory, so a step's result needs no record. */
  createIO(clock: Clock, random: Random): StepIO {
    return {
      step: (_key, body) => body(new MemoryStepCall(this, clock, random)),
      emit: (event) => this.emit(event),
    };
  }

  emit(event: RunEvent): void {
    this.events.push(event);
    if (this.watchers.size > 0) this.#notify();
  }

  /** Made without a replay: a list has thousands. */
  summary(): RunSummary {
    const { runId, component, dataflowId, caller } = this.start;
    const { result, events } = this;
    return {
      runId,
      componentId: component.id,
      dataflowId,
      clientId: caller.clientId,
      userId: caller.userId,
      status: result?.status ?? (this.question === null ? "running" : "suspended"),
      startedAt: events[0]?.at ?? 0,
      endedAt: result === null ? null : (events.at(-1)?.at ?? 0),
    };
  }

  view(): RunView {
    return new MemoryRunView(this);
  }

  #notify(): void {
    for (const watcher of this.watchers) watcher();
  }
}

/** Time, id and signal of one step, each made when it is read. */
class MemoryStepCall implements StepCall {
  readonly #run: MemoryRun;
  readonly #clock: Clock;
  readonly #random: Random;
  #now: number | undefined;
  #uuid: string | undefined;

  constructor(run: MemoryRun, clock: Clock, random: Random) {
    this.#run = run;
    this.#clock = clock;
    this.#random = random;
  }
  get now(): number {
    return (this.#now ??= this.#clock.now());
  }
  get uuid(): string {
    return (this.#uuid ??= this.#random.uuid());
  }
  get signal(): AbortSignal {
    return this.#run.signal;
  }
}

/** A run as its owner sees it, at the time of asking. */
class MemoryRunView implements RunView {
  readonly runId: string;
  readonly componentId: string;
  readonly dataflowId: string;
  readonly caller: Caller;
  readonly question: RunQuestion | null;
  readonly result: RunResult | null;
  readonly #events: readonly RunEvent[];
  readonly #count: number;

  constructor({ start, events, question, result }: MemoryRun) {
    this.runId = start.runId;
    this.componentId = start.component.id;
    this.dataflowId = start.dataflowId;
    this.caller = start.caller;
    this.question = question?.view ?? null;
    this.result = result;
    this.#events = events;
    this.#count = events.length;
  }
  /** Who only wants the result pays for no replay. */
  get state(): RunState {
    return this.#events.slice(0, this.#count).reduce(nextRunState, initialRunState);
  }
}
