import { createHash } from "node:crypto";
import { DBOS, DBOSWorkflowConflictError } from "@dbos-inc/dbos-sdk";
import {
  type Clock,
  type RunEvent,
  type StepCall,
  type StepEffect,
  StepFailure,
  type StepIO,
  type StepKey,
} from "@onceflow/step-runtime";
import { isStoreUnavailable, untilReachable } from "../database/connection-failure.ts";
import type { SealedEvent } from "../database/run-rows.ts";
import type { Hold, RunStore, Standing } from "../database/run-store.ts";
import type { StateBox } from "../state/create-state-box.ts";
import { printState, readState } from "../state/state-text.ts";
import { type BatchedStep, batchName, batchPlace, type RecordedBatches } from "./recorded-batches.ts";
import { type RecordedStep, recordFailure, revive } from "./recorded-step.ts";

/** What a journal is made of. */
export interface JournalOptions {
  readonly run: string;
  readonly box: StateBox;
  readonly store: RunStore;
  readonly hold: Hold;
  readonly clock: Clock;
  /** Secret of the run: its steps' ids come from it. */
  readonly seed: string;
  /** How many events the run has so far. */
  readonly events: number;
  /** What earlier tries of the segment recorded of pure steps. */
  readonly batches: RecordedBatches;
  /** Where the run stood when that was asked, by `performance.now()`. */
  readonly standing: Standing;
  readonly askedAt: number;
  /** The worker has to stop: nothing more may happen or be recorded. */
  readonly stopped: AbortSignal;
  /** The run was cancelled while a step is under way. */
  readonly cancelled: AbortSignal;
}

/** Why a run that took too long fails. */
export const overdueFailure: StepFailure = new StepFailure(
  "run-overdue",
  "The run took longer than a run may. Start it again, or let runs take longer.",
);

/** How many pure steps are recorded at once at most, and how long the first of them waits for its record at most. */
const batchSteps = 50;
const batchMs = 250;

/** How long an event waits at most until it is written for whoever watches. */
const writeMs = 200;

/** A worker asks again this long before its lease ends. */
const leaseReserveMs = 500;

/**
 * The durable StepIO of one segment. A step with an effect is recorded by itself, before anything else happens. Pure
 * steps are recorded together, before the next effect and now and then; those at the end are not, as the end itself is
 * what they came to. So no effect ever follows from a result that a repetition could change.
 *
 * Events wait until what they tell is recorded. Now and then they are written for whoever watches, and neither the steps
 * nor the disk wait for that; the end of the segment writes all of them again, for good. The same statement says where
 * the run stands, and for how long nobody may take the worker's slot: an effect waits for it only when that is over, or
 * when it may happen once only.
 */
export class Journal implements StepIO {
  readonly #options: JournalOptions;
  /** Aborts when the worker has to stop or the run is cancelled: one for all steps, as those signals live longer. */
  readonly #halted = new AbortController();
  readonly #halt = (): void => this.#halted.abort();
  #events: { readonly seq: number; readonly event: RunEvent; sealed?: Promise<Buffer> }[] = [];
  #count: number;
  /** How many events tell of what is recorded, and how many of these are written. */
  #recorded = 0;
  #written = 0;
  /** Pure steps that are not recorded yet. */
  #batch: BatchedStep[] = [];
  #batchBegun = 0;
  /** The last word on where the run stands, until when it counts, and how asking for it went wrong. */
  #standing: Standing;
  #leasedUntil: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #writingFailure: { readonly error: unknown } | undefined;
  #cancelled = false;
  #interruption: unknown;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#count = options.events;
    this.#standing = options.standing;
    this.#leasedUntil = options.askedAt + options.standing.leaseMs - leaseReserveMs;
    for (const signal of [options.stopped, options.cancelled]) {
      if (signal.aborted) this.#halt();
      else signal.addEventListener("abort", this.#halt);
    }
  }

  get count(): number {
    return this.#count;
  }
  /** By what is recorded, so that a repeated segment ends at the same step. */
  get cancelled(): boolean {
    return this.#cancelled;
  }
  /** Why the journal could not go on; the run has not failed, this try has. */
  get interruption(): unknown {
    return this.#interruption;
  }

  emit(event: RunEvent): void {
    this.#count += 1;
    this.#events.push({ seq: this.#count, event });
  }

  /** Takes the last event back, which is not written yet. */
  retract(): void {
    this.#count -= 1;
    this.#events.pop();
  }

  /** Goes on behind events that an earlier try told. */
  goOnAfter(events: number): void {
    this.#count = Math.max(this.#count, events);
  }

  /** Writes no more events, and hears of nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
    for (const signal of [this.#options.stopped, this.#options.cancelled]) {
      signal.removeEventListener("abort", this.#halt);
    }
  }

  /** All events of the segment, sealed, when none of them is being written: whoever writes them locks the run. */
  async sealedEvents(): Promise<readonly SealedEvent[]> {
    clearTimeout(this.#timer);
    await this.#writing;
    return this.#sealed(() => true);
  }

  #sealed(which: (event: { readonly seq: number }) => boolean): Promise<readonly SealedEvent[]> {
    const { box } = this.#options;
    return Promise.all(
      this.#events.filter(which).map(async (entry) => {
        const { seq, event } = entry;
        return { seq, sealed: await (entry.sealed ??= box.seal(event, `event/${seq}`)) };
      }),
    );
  }

  async step<T>(key: StepKey, body: (call: StepCall) => T | Promise<T>, effect: StepEffect): Promise<T> {
    // A called dataflow that could not go on is no failure that its caller may handle.
    if (this.#interruption !== undefined) throw this.#interruption;
    const { callPath, stepId, activation } = key;
    const name = `${callPath}${callPath && "/"}${stepId}#${activation}`;
    let recorded: RecordedStep;
    try {
      recorded = effect === "pure" ? await this.#runPure(name, body) : await this.#runOnce(name, body, effect);
    } catch (error) {
      this.#interruption ??= error;
      throw error;
    }
    if (recorded.kind === "result") return recorded.result as T;
    if (recorded.kind === "failure") throw revive(recorded.failure);
    this.#cancelled = true;
    throw new StepFailure("cancelled", "The run was cancelled.");
  }

  async #runPure(name: string, body: (call: StepCall) => unknown): Promise<RecordedStep> {
    const known = this.#options.batches.get(name);
    const step = known?.step ?? asRead(await this.#perform(name, body, "pure"));
    if (this.#batch.length === 0) this.#batchBegun = performance.now();
    this.#batch.push({ name, step });
    // A repeated segment makes the same records at the same places.
    const full = this.#batch.length === batchSteps || performance.now() - this.#batchBegun > batchMs;
    if (known ? known.last : full) {
      await this.#recordBatch();
      this.#tellLater();
    }
    return step;
  }

  async #runOnce(name: string, body: (call: StepCall) => unknown, effect: StepEffect): Promise<RecordedStep> {
    const { box } = this.#options;
    const place = `step/${name}`;
    await this.#recordBatch();
    this.#tellLater();
    let performed: RecordedStep | undefined;
    const sealed = await this.#record(name, async () => {
      performed = await this.#perform(name, body, effect);
      return box.seal(performed, place);
    });
    return performed ? asRead(performed) : box.open<RecordedStep>(Buffer.from(sealed, "base64"), place);
  }

  async #recordBatch(): Promise<void> {
    const { run, box, batches } = this.#options;
    const batch = this.#batch;
    const [first] = batch;
    if (first === undefined) return;
    this.#batch = [];
    let made = false;
    await this.#record(batchName(first.name), () => {
      made = true;
      return box.seal(batch, batchPlace(first.name));
    });
    // Somebody else has recorded these steps meanwhile, and may have come to something else.
    if (!made && batch.some(({ name }) => !batches.has(name))) throw new DBOSWorkflowConflictError(run);
  }

  /** A step of DBOS, which would record whatever its body throws but this one error. */
  #record(name: string, body: () => Promise<Buffer>): Promise<string> {
    const { run, stopped } = this.#options;
    return DBOS.runStep(
      async () => {
        try {
          if (!stopped.aborted) return (await body()).toString("base64");
        } catch (error) {
          this.#interruption ??= error;
        }
        throw new DBOSWorkflowConflictError(run);
      },
      { name },
    );
  }

  /** Throws only when nothing may be recorded. */
  async #perform(name: string, body: (call: StepCall) => unknown, effect: StepEffect): Promise<RecordedStep> {
    const { run, store, stopped, cancelled } = this.#options;
    if (this.#writingFailure) throw this.#writingFailure.error;
    const sure = effect === "pure" || (effect === "idempotent" && performance.now() < this.#leasedUntil);
    const standing = sure ? this.#standing : await this.#proceed();
    if (stopped.aborted || !standing.held) throw new DBOSWorkflowConflictError(run);
    if (standing.cancelled || cancelled.aborted) return { kind: "cancelled" };
    if (standing.overdue) return recordFailure(overdueFailure);
    if (effect === "once" && !(await untilReachable(() => store.intend(run, name), stopped))) {
      return recordFailure(repeatFailure(name));
    }
    const call = this.#call(name);
    const attempt = async () => body(call);
    try {
      // A port that could not reach its database has decided nothing, and the step's idempotency key makes a repetition safe.
      const result = await (effect === "once" ? attempt() : untilReachable(attempt, call.signal, isStoreUnavailable));
      return { kind: "result", result };
    } catch (thrown) {
      if (stopped.aborted) throw new DBOSWorkflowConflictError(run);
      return cancelled.aborted ? { kind: "cancelled" } : recordFailure(thrown);
    }
  }

  /** All that was emitted so far tells of what is recorded. Whoever watches may wait a little for it. */
  #tellLater(): void {
    this.#recorded = this.#count;
    this.#timer ??= setTimeout(() => (this.#writing = this.#tell()), writeMs);
  }

  async #tell(): Promise<void> {
    try {
      await this.#proceed();
    } catch (error) {
      this.#writingFailure = { error };
    } finally {
      this.#timer = undefined;
    }
  }

  /** Writes what is recorded, and asks where the run stands. */
  async #proceed(): Promise<Standing> {
    const { run, store, hold, stopped } = this.#options;
    const recorded = this.#recorded;
    const events = await this.#sealed(({ seq }) => seq > this.#written && seq <= recorded);
    const asked = performance.now();
    const standing = await untilReachable(() => store.proceed(run, events, hold), stopped);
    this.#written = Math.max(this.#written, recorded);
    this.#standing = standing;
    this.#leasedUntil = asked + standing.leaseMs - leaseReserveMs;
    return standing;
  }

  #call(name: string): StepCall {
    const { clock, seed } = this.#options;
    return {
      now: clock.now(),
      uuid: uuidOf(`${seed}/${name}`),
      signal: this.#halted.signal,
    };
  }
}

/** As it will be read when it is repeated. */
function asRead(step: RecordedStep): RecordedStep {
  return readState(printState(step)) as RecordedStep;
}

/** The same id whenever a step is repeated: a version 8 UUID (RFC 9562 §5.8) of a hash. */
function uuidOf(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function repeatFailure(name: string): StepFailure {
  return new StepFailure(
    "effect-unknown",
    `Step "${name.replace(/#\d+$/, "")}" may have happened before its worker died, and may not happen twice. Find out whether it did, then start a new run.`,
  );
}
