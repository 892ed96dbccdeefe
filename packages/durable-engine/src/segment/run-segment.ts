import { DBOSWorkflowConflictError } from "@dbos-inc/dbos-sdk";
import {
  type Caller,
  type Checkpoint,
  type Clock,
  createModelBudget,
  emptyResult,
  type JsonObject,
  type Model,
  type OneTimeCodes,
  present,
  presentModal,
  readInput,
  type Resumption,
  type RunError,
  type RunMessage,
  type RunQuestion,
  type RunResult,
  runDataflow,
  startError,
  type Suspension,
  unknownDataflow,
} from "@onceflow/step-runtime";
import { isStoreUnavailable, untilReachable } from "../database/connection-failure.ts";
import type { Hold, RunStore, SegmentRow } from "../database/run-store.ts";
import { type StateBox, StateUnreadableError } from "../state/create-state-box.ts";
import { type CheckpointState, toCheckpoint, toState } from "./checkpoint-state.ts";
import type { FindComponent } from "./compiled-components.ts";
import { Journal, overdueFailure } from "./journal.ts";
import { readBatches } from "./recorded-batches.ts";

/** How often a segment may begin without getting further: a step that takes its process down, or a journal that does not fit, ends so. */
const maxTries = 20;

/** What segments run with. */
export interface SegmentSurroundings {
  readonly store: RunStore;
  readonly boxOf: (runId: string) => StateBox;
  readonly findComponent: FindComponent;
  /** Handed to the steps as they are. */
  readonly ports: { readonly oneTimeCodes: OneTimeCodes };
  readonly clock: Clock;
  readonly messagesOf: (runId: string) => readonly RunMessage[] | Promise<readonly RunMessage[]>;
  readonly onEnd: (status: RunResult["status"]) => void;
  /** Aborts when the run is cancelled; `end` stops the watch. */
  readonly watchCancel: (run: string) => { readonly signal: AbortSignal; readonly end: () => void };
}

/** What a run starts with, sealed. */
export interface StartState {
  readonly input: JsonObject;
  readonly seed: string;
}

/** How a wait ended, sealed. */
export interface ResumptionState {
  readonly outcome: string;
  readonly values: Model;
}

/**
 * Drives a run from its start, or from the end of a wait, to the next wait or its end. Safe to repeat.
 *
 * @throws DBOSWorkflowConflictError when the worker may not go on; anything else when this try cannot
 */
export async function runSegment(
  run: string,
  segment: number,
  worker: { readonly surroundings: SegmentSurroundings; readonly hold: Hold; readonly stopped: AbortSignal },
): Promise<void> {
  // Before it is read whether the run is cancelled.
  const cancel = worker.surroundings.watchCancel(run);
  try {
    await driveSegment(run, segment, { ...worker, cancelled: cancel.signal });
  } finally {
    cancel.end();
  }
}

async function driveSegment(
  run: string,
  segment: number,
  {
    surroundings,
    hold,
    stopped,
    cancelled: cancelSignal,
  }: {
    readonly surroundings: SegmentSurroundings;
    readonly hold: Hold;
    readonly stopped: AbortSignal;
    readonly cancelled: AbortSignal;
  },
): Promise<void> {
  const { store, clock, ports, boxOf, messagesOf } = surroundings;
  const patiently = <T>(call: () => Promise<T>): Promise<T> => untilReachable(call, stopped);

  const askedAt = performance.now();
  const row = await patiently(() => store.beginSegment(run, segment, hold));
  if (row === null) return;
  const box = boxOf(row.runId);
  const budget = createModelBudget();
  const records = row.repeated ? await patiently(() => store.records({ id: run, runId: row.runId, segment })) : [];
  const batches = await readBatches(records, box).catch(() => null);
  const start = await box.open<StartState>(row.sealedStart, "start").catch(() => null);
  const journal = new Journal({
    run,
    box,
    store,
    hold,
    clock,
    seed: start?.seed ?? "",
    events: row.wait?.events ?? 0,
    batches: batches ?? new Map(),
    standing: row.standing,
    askedAt,
    stopped,
    cancelled: cancelSignal,
  });
  try {
    let outcome = await walk();
    if (stopped.aborted) throw lost();
    // What the walk made of it is no result of the run.
    if (journal.interruption !== undefined) throw journal.interruption;
    if (outcome.status === "suspended") {
      const suspended = await suspend(outcome.checkpoint);
      if (suspended === "lost") throw lost();
      if (suspended === "suspended") return;
      journal.retract();
      outcome = await cancelled();
    }
    await finish(outcome);
  } finally {
    journal.stop();
  }

  async function walk(): Promise<RunResult | Suspension> {
    const { wait, tries, component: digest, dataflowId, runId, sealedCaller } = row as SegmentRow;
    if (wait?.winner === "cancel") return cancelled();
    if (wait?.winner === "deadline") {
      return failed({ code: overdueFailure.code, message: overdueFailure.message, stepId: null });
    }
    if (wait?.winner === "version-gone") {
      const message =
        "The run was under way in another version, of which no worker is left. Find out what its last step did, then start a new run; let workers finish before an upgrade.";
      return failed({ code: "version-gone", message, stepId: null });
    }
    if (tries > maxTries) {
      const message = `The run was taken up ${maxTries} times and got no further. Look for a step that takes its process down.`;
      return failed({ code: "run-crashed", message, stepId: null });
    }
    try {
      if (start === null || batches === null) throw new StateUnreadableError();
      const code = await patiently(() => surroundings.findComponent(digest));
      const dataflow = code.dataflow(dataflowId);
      if (dataflow === null) return failed(unknownDataflow(code.component, dataflowId));
      const resume = wait && (await readResumption(wait));
      return await runDataflow(dataflow, {
        runId,
        input: readInput(code.component, start.input),
        caller: await box.open<Caller>(sealedCaller, "caller"),
        ports,
        io: journal,
        clock,
        ...(resume ? { resume } : {}),
        isCancelled: () => journal.cancelled,
        budget,
      });
    } catch (thrown) {
      if (stopped.aborted) throw thrown;
      return failed(startError(thrown));
    }
  }

  async function readResumption(wait: NonNullable<SegmentRow["wait"]>): Promise<Resumption> {
    const state = await box.open<CheckpointState>(wait.sealedCheckpoint, `wait/${segment - 1}/checkpoint`);
    budget.left = state.budget.left;
    const checkpoint = toCheckpoint(state);
    if (wait.winner === "timeout") return { checkpoint, outcome: "timeout", values: {} };
    const answer = await box.open<ResumptionState>(wait.sealedResumption, `wait/${segment - 1}/resumption`);
    return { checkpoint, ...answer };
  }

  async function suspend(checkpoint: Checkpoint): Promise<"suspended" | "cancelled" | "lost"> {
    const [wait] = checkpoint.waits;
    if (!wait) throw new Error("A run is suspended by a wait.");
    const { stepId, activation, question, model } = wait;
    const { modal, fields, timeoutSeconds } = question;
    const deadline = timeoutSeconds === null ? null : (await patiently(() => store.now())) + timeoutSeconds * 1000;
    const view: RunQuestion = {
      token: crypto.randomUUID(),
      stepId,
      modal: presentModal(modal),
      fields,
      deadline,
      definitions: present((model["data"] ?? {}) as Model),
    };
    journal.emit({ type: "run-suspended", stepId, activation, modalId: modal.id, deadline, at: clock.now() });
    const suspension = {
      run,
      segment,
      token: view.token,
      deadline,
      count: journal.count,
      events: await journal.sealedEvents(),
      sealedQuestion: await box.seal(view, `wait/${segment}/question`),
      sealedCheckpoint: await box.seal(toState(checkpoint, budget), `wait/${segment}/checkpoint`),
    };
    return patiently(() => store.suspend(suspension, hold));
  }

  async function finish(result: RunResult): Promise<void> {
    const { runId } = row as SegmentRow;
    // A run must end whatever its code store says; codes that could not be revoked expire by themselves.
    if (result.status !== "completed") {
      const revoke = async () => ports.oneTimeCodes.revokeRun(runId);
      await untilReachable(revoke, stopped, isStoreUnavailable).catch((error: unknown) => {
        if (stopped.aborted) throw error;
      });
    }
    // Only for show: without them the run has ended just the same.
    const messages = await Promise.resolve()
      .then(() => messagesOf(runId))
      .catch(() => []);
    const end = {
      run,
      segment,
      status: result.status,
      events: await journal.sealedEvents(),
      sealedResult: await box.seal({ ...result, messages }, "result"),
    };
    const finished = await patiently(() => store.finish(end, hold));
    if (finished === "lost") throw lost();
    if (finished === "ended") surroundings.onEnd(result.status);
  }

  async function failed(error: RunError): Promise<RunResult> {
    await goOnBehindTold();
    journal.emit({ type: "run-failed", error, at: clock.now() });
    return { ...emptyResult, status: "failed", error };
  }

  async function cancelled(): Promise<RunResult> {
    await goOnBehindTold();
    journal.emit({ type: "run-cancelled", at: clock.now() });
    return { ...emptyResult, status: "cancelled" };
  }

  /** An earlier try may have told more than this one, which ends before it has begun to walk. */
  async function goOnBehindTold(): Promise<void> {
    const { repeated, wait } = row as SegmentRow;
    if (!repeated || journal.count > (wait?.events ?? 0)) return;
    journal.goOnAfter(await patiently(() => store.keepTold(run)));
  }

  /** Tells DBOS that the segment belongs to somebody else now: it records nothing of this try. */
  function lost(): DBOSWorkflowConflictError {
    return new DBOSWorkflowConflictError(`${run}#${segment}`);
  }
}
