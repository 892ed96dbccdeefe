import { createHash } from "node:crypto";
import { DBOS, DBOSWorkflowConflictError } from "@dbos-inc/dbos-sdk";
import {
  type Clock,
  type RunEvent,
  type StepCall,
  StepFailure,
  type StepIO,
  type StepKey,
} from "@onceflow/step-runtime";
import { isStoreUnavailable, untilReachable } from "../database/connection-failure.ts";
import type { SealedEvent } from "../database/run-rows.ts";
import type { Hold, RunStore, Standing } from "../database/run-store.ts";
import type { StateBox } from "../state/create-state-box.ts";
import { printState, readState } from "../state/state-text.ts";
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

/**
 * The durable StepIO of one segment. Events wait until the next step is about to happen, when what they tell is
 * recorded already: so none is told that a repetition could take back. Before each step they are written for whoever
 * watches, and the disk is not waited for; the end of the segment writes all of them again, for good. A step that has
 * no effect does not wait for them either, nor for what the same statement says of the run: it goes by the last word.
 */
export class Journal implements StepIO {
  readonly #options: JournalOptions;
  #events: { readonly seq: number; readonly event: RunEvent; sealed?: Promise<Buffer> }[] = [];
  #count: number;
  #written = 0;
  /** The last word on where the run stands, and how asking for it went wrong. */
  #standing: Standing | undefined;
  #writing: Promise<void> | undefined;
  #writingFailure: { readonly error: unknown } | undefined;
  #cancelled = false;
  #interruption: unknown;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#count = options.events;
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

  /** All events of the segment, sealed, when none of them is being written: whoever writes them locks the run. */
  async sealedEvents(): Promise<readonly SealedEvent[]> {
    await this.#writing;
    return this.#sealedAfter(0);
  }

  #sealedAfter(after: number): Promise<readonly SealedEvent[]> {
    const { box } = this.#options;
    const events = this.#events.filter(({ seq }) => seq > after);
    return Promise.all(
      events.map(async (entry) => {
        const { seq, event } = entry;
        return { seq, sealed: await (entry.sealed ??= box.seal(event, `event/${seq}`)) };
      }),
    );
  }

  async step<T>(
    key: StepKey,
    body: (call: StepCall) => T | Promise<T>,
    effect: "pure" | "idempotent" | "once",
  ): Promise<T> {
    // A called dataflow that could not go on is no failure that its caller may handle.
    if (this.#interruption !== undefined) throw this.#interruption;
    const { callPath, stepId, activation } = key;
    const name = `${callPath}${callPath && "/"}${stepId}#${activation}`;
    const recorded = await this.#runOnce(name, body, effect);
    if (recorded.kind === "result") return recorded.result as T;
    if (recorded.kind === "failure") throw revive(recorded.failure);
    this.#cancelled = true;
    throw new StepFailure("cancelled", "The run was cancelled.");
  }

  async #runOnce(
    name: string,
    body: (call: StepCall) => unknown,
    effect: "pure" | "idempotent" | "once",
  ): Promise<RecordedStep> {
    const { box } = this.#options;
    const place = `step/${name}`;
    let performed: RecordedStep | undefined;
    try {
      const sealed = await DBOS.runStep(
        async () => {
          performed = await this.#perform(name, body, effect);
          return (await box.seal(performed, place)).toString("base64");
        },
        { name },
      );
      // As it will be read when it is repeated.
      if (performed) return readState(printState(performed)) as RecordedStep;
      return await box.open<RecordedStep>(Buffer.from(sealed, "base64"), place);
    } catch (error) {
      this.#interruption ??= error;
      throw error;
    }
  }

  /** Throws only when nothing may be recorded. */
  async #perform(
    name: string,
    body: (call: StepCall) => unknown,
    effect: "pure" | "idempotent" | "once",
  ): Promise<RecordedStep> {
    const { run, store, stopped, cancelled } = this.#options;
    const standing = await (effect === "pure" ? this.#lastStanding() : this.#proceed());
    if (!standing.held) throw new DBOSWorkflowConflictError(run);
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

  /** Writes what was emitted so far, and asks where the run stands. */
  async #proceed(): Promise<Standing> {
    const { run, store, hold, stopped } = this.#options;
    await this.#writing;
    if (this.#writingFailure) throw this.#writingFailure.error;
    const count = this.#count;
    const events = await this.#sealedAfter(this.#written);
    const standing = await untilReachable(() => store.proceed(run, events, hold), stopped);
    this.#written = count;
    this.#standing = standing;
    return standing;
  }

  /** Where the run stood last; asks again, without waiting, unless that is under way. */
  #lastStanding(): Standing | Promise<Standing> {
    if (this.#writingFailure) throw this.#writingFailure.error;
    if (this.#standing === undefined) return this.#proceed();
    this.#writing ??= this.#proceed()
      .then(
        () => undefined,
        (error: unknown) => void (this.#writingFailure = { error }),
      )
      .finally(() => (this.#writing = undefined));
    return this.#standing;
  }

  #call(name: string): StepCall {
    const { clock, seed, stopped, cancelled } = this.#options;
    return {
      now: clock.now(),
      uuid: uuidOf(`${seed}/${name}`),
      get signal() {
        return AbortSignal.any([stopped, cancelled]);
      },
    };
  }
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
