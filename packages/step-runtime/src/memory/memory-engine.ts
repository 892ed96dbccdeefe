import type { Component } from "../component/component-schema.ts";
import type { Clock } from "../ports/clock.ts";
import type { AnswerReceipt, Engine, RunAnswer, RunMessage, RunResult } from "../ports/engine.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";
import type { Random } from "../ports/random.ts";
import type { Timer } from "../ports/timer.ts";
import { checkAnswer } from "../run/check-answer.ts";
import type { Checkpoint, Resumption } from "../run/checkpoint.ts";
import { type CompiledComponent, compileComponent } from "../run/compile-component.ts";
import { emptyResult } from "../run/empty-result.ts";
import { readInput } from "../run/read-input.ts";
import { presentModal, runDataflow } from "../run/run-dataflow.ts";
import type { RunError } from "../run/run-events.ts";
import { startError, unknownDataflow } from "../run/start-error.ts";
import type { Model } from "../step/model.ts";
import { present } from "../step/redact.ts";
import type { StepRegistry } from "../step/step-registry.ts";
import { createKeptRuns } from "./kept-runs.ts";
import { listRuns } from "./list-runs.ts";
import { MemoryRun } from "./memory-run.ts";
import { systemTimer } from "./system.ts";
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
  /** Ends waits that have a time limit. Default: the machine's timers; a clock of its own needs its own timer. */
  readonly timer?: Timer;
  /** The messages that a run sent, for its result. Default: none. */
  readonly messagesOf?: (runId: string) => readonly RunMessage[];
  /** Told when a run was started. */
  readonly onStart?: () => void;
  /** Told how a run ended. */
  readonly onEnd?: (status: RunResult["status"]) => void;
  /** How many runs may wait for people at once; beyond it the one that waits longest is cancelled. Default 10,000. */
  readonly maxSuspended?: number;
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
  const { timer = systemTimer, messagesOf = () => [], maxSuspended = 10_000 } = options;
  const { onStart = () => {}, onEnd = () => {} } = options;
  const runs = createKeptRuns({ count: keepEnded, bytes: keepEndedBytes });
  const suspended = new Set<MemoryRun>();
  let started = 0;
  const compiled = new WeakMap<Component, CompiledComponent>();

  const drive = async (run: MemoryRun, resume?: Resumption): Promise<void> => {
    const { runId, component, dataflowId, input, caller } = run.start;
    let code = compiled.get(component);
    if (!code) {
      code = compileComponent(component, steps);
      compiled.set(component, code);
    }
    let result: RunResult;
    try {
      const dataflow = code.dataflow(dataflowId);
      if (dataflow) {
        const outcome = await runDataflow(dataflow, {
          runId,
          input: readInput(component, input),
          caller,
          ports,
          io: run.createIO(clock, random),
          clock,
          ...(resume ? { resume } : {}),
          isCancelled: () => run.cancelled,
          budget: run.budget,
        });
        if (outcome.status === "suspended") {
          suspend(run, outcome.checkpoint);
          return;
        }
        result = outcome;
      } else {
        result = failToStart(run, clock, unknownDataflow(component, dataflowId));
      }
    } catch (thrown) {
      result = failToStart(run, clock, startError(thrown));
    }
    await finish(run, result);
  };

  const finish = async (run: MemoryRun, result: RunResult): Promise<void> => {
    // A run must end whatever its code store does; codes that could not be revoked expire by themselves.
    if (result.status !== "completed") await ports.oneTimeCodes.revokeRun(run.start.runId).catch(() => undefined);
    const messages = messagesOf(run.start.runId);
    run.end(messages.length > 0 ? { ...result, messages } : result);
    runs.hasEnded(run);
    onEnd(result.status);
  };

  const suspend = (run: MemoryRun, checkpoint: Checkpoint): void => {
    const [wait] = checkpoint.waits;
    if (!wait) throw new Error("A run is suspended by a wait.");
    const { stepId, activation, question, model } = wait;
    const { modal, fields, timeoutSeconds } = question;
    const deadline = timeoutSeconds === null ? null : clock.now() + timeoutSeconds * 1000;
    const definitions = model["data"];
    const view = {
      token: random.uuid(),
      stepId,
      modal: presentModal(modal),
      fields,
      deadline,
      definitions: present((definitions ?? {}) as Model),
    };
    // Known before the event is: whoever hears of it may ask for the question.
    const cancelTimeout =
      deadline === null ? () => {} : timer.at(deadline, () => resume(run, view.token, "timeout", {}));
    run.question = { view, checkpoint, cancelTimeout };
    run.answers.set(view.token, null);
    suspended.add(run);
    run.emit({ type: "run-suspended", stepId, activation, modalId: modal.id, deadline, at: clock.now() });
    for (const oldest of suspended) {
      if (suspended.size <= maxSuspended) break;
      cancel(oldest);
    }
  };

  /** Goes on with the question of this token; false when it is no longer open. */
  const resume = (run: MemoryRun, token: string, outcome: string, values: Model): boolean => {
    const { question } = run;
    if (question === null || question.view.token !== token) return false;
    leaveWait(run);
    void drive(run, { checkpoint: question.checkpoint, outcome, values });
    return true;
  };

  const leaveWait = (run: MemoryRun): void => {
    run.question?.cancelTimeout();
    run.question = null;
    suspended.delete(run);
  };

  const cancel = (run: MemoryRun): void => {
    const waits = run.question !== null;
    leaveWait(run);
    run.cancel();
    if (!waits) return;
    run.emit({ type: "run-cancelled", at: clock.now() });
    void finish(run, { ...emptyResult, status: "cancelled" });
  };

  const answer = (
    run: MemoryRun,
    token: string,
    { outcome = "answered", value = {}, answerId, ipClass }: RunAnswer,
  ): AnswerReceipt => {
    const { question } = run;
    if (question === null || question.view.token !== token) {
      const accepted = run.answers.get(token);
      if (accepted === undefined) return { status: "unknown" };
      return { status: accepted === answerId ? "duplicate" : "expired" };
    }
    const checked = checkAnswer(value, { component: run.start.component, fields: question.view.fields, outcome });
    if (!checked.ok) return { status: "invalid", message: checked.message };
    run.answers.set(token, answerId);
    run.start = { ...run.start, caller: { ...run.start.caller, ipClass } };
    resume(run, token, outcome, checked.values);
    return { status: "accepted" };
  };

  return {
    async start(start) {
      if (runs.hasStarted(start.runId)) return { created: false };
      const run = new MemoryRun(start, ++started);
      runs.add(run);
      onStart();
      void drive(run);
      return { created: true };
    },
    async answer(runId, token, given) {
      const run = runs.get(runId);
      return run ? answer(run, token, given) : { status: "unknown" };
    },
    async cancel(runId) {
      const run = runs.get(runId);
      if (run && run.result === null) cancel(run);
    },
    async get(runId) {
      return runs.get(runId)?.view() ?? null;
    },
    list: async (query = {}) => listRuns(runs.all(), query),
    events: (runId, after = 0, signal) => watchRun(runs.get(runId), after, signal),
    async close() {
      for (const run of runs.all()) if (run.result === null) cancel(run);
    },
  };
}

function failToStart(run: MemoryRun, clock: Clock, error: RunError): RunResult {
  run.events.push({ type: "run-failed", error, at: clock.now() });
  return { ...emptyResult, status: "failed", error };
}
