import type { Component } from "@onceflow/step-runtime";
import type { RunRow, SealedEvent, SegmentKey, Winner } from "./run-rows.ts";

/** Where a worker stands in `runs.workers`: while the row names this holder, its runs are its own. */
export interface Hold {
  readonly tenant: string;
  readonly slot: number;
  readonly holder: string;
}

/** A run at the start of a segment, with what it goes on from. */
export interface SegmentRow extends RunRow {
  /** How often the segment began in a row without a further record. */
  readonly tries: number;
  /** Whether it began before. */
  readonly repeated: boolean;
  readonly standing: Standing;
  readonly sealedStart: Buffer | null;
  /** The wait that ended the segment before; null in the first one. */
  readonly wait: {
    readonly winner: Winner;
    readonly events: number;
    readonly sealedCheckpoint: Buffer | null;
    readonly sealedResumption: Buffer | null;
  } | null;
}

/** How a wait ended. */
export interface Claim {
  readonly winner: Winner;
  readonly sealedResumption?: Buffer;
  readonly answerHash?: Buffer;
  /** The caller from now on. */
  readonly sealedCaller?: Buffer;
}

/** Where a run and its worker stand. */
export interface Standing {
  /** Whether the worker still holds its slot. */
  readonly held: boolean;
  readonly cancelled: boolean;
  readonly overdue: boolean;
  /** For how many milliseconds nobody may take the slot, and the run is not overdue. */
  readonly leaseMs: number;
}

/** Writes the tables of runs. Each method is one statement or one transaction. Locks go from the worker's slot to the run's row to what hangs on it. */
export interface RunStore {
  now(): Promise<number>;
  /** Stores a run and returns its first segment; null when the run exists. */
  create(run: NewRun, beginning: Beginning): Promise<SegmentKey | null>;
  /** Begins (or repeats) a segment; null when it is over already. */
  beginSegment(run: string, segment: number, hold: Hold): Promise<SegmentRow | null>;
  /** What the journal has of a segment's steps, in their order. */
  records(segment: SegmentKey): Promise<readonly { readonly name: string; readonly output: unknown }[]>;
  component(digest: Buffer): Promise<Component>;
  /** Writes events unless they are there, and tells where the run stands. Writes nothing for a worker that lost its slot; a crash of the database may lose what it wrote. */
  proceed(run: string, events: readonly SealedEvent[], hold: Hold): Promise<Standing>;
  /** Notes that a step is about to happen; false when it was noted before. */
  intend(run: string, step: string): Promise<boolean>;
  /** Drops the events behind a gap, which nobody was told, and counts the others. */
  keepTold(run: string): Promise<number>;
  suspend(suspension: NewSuspension, hold: Hold): Promise<"suspended" | "cancelled" | "lost">;
  /** `over`: it had ended before. */
  finish(end: NewEnd, hold: Hold): Promise<"ended" | "over" | "lost">;
  /** Ends the open wait of a segment and returns the next one; null when it had ended, or the time does not fit. */
  claim(run: string, segment: number, claim: Claim, beginning: Beginning): Promise<SegmentKey | null>;
  /** Queues a segment that has not begun in time, unless it is in the journal. */
  queue(segment: SegmentKey): Promise<void>;
  /** Ends a segment that no worker can repeat, and queues the run's end. */
  abandon(run: string, segment: number): Promise<void>;
  /** Marks a run as cancelled; one that waits goes on at once, to its end. */
  cancel(runId: string): Promise<void>;
}

/** Who begins a segment: any worker, by the queue, or this process; then it is queued if that has not happened in time. */
export type Beginning = "queued" | "here";

/** A run to be stored. */
interface NewRun {
  readonly runId: string;
  readonly component: Component;
  readonly dataflowId: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly deadlineMs: number;
  readonly sealedCaller: Buffer;
  readonly sealedStart: Buffer;
}

/** A segment that ends by asking. */
interface NewSuspension {
  readonly run: string;
  readonly segment: number;
  readonly token: string;
  readonly deadline: number | null;
  /** How many events the run has with these. */
  readonly count: number;
  readonly events: readonly SealedEvent[];
  readonly sealedQuestion: Buffer;
  readonly sealedCheckpoint: Buffer;
}

/** A run that ends. */
interface NewEnd {
  readonly run: string;
  readonly segment: number;
  readonly status: "completed" | "failed" | "cancelled";
  readonly events: readonly SealedEvent[];
  readonly sealedResult: Buffer;
}
