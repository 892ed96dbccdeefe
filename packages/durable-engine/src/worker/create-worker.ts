import { setTimeout as pause } from "node:timers/promises";
import { DBOS, type DBOSClient, DBOSWorkflowConflictError, type DLogger } from "@dbos-inc/dbos-sdk";
import type pg from "pg";
import { isConnectionFailure, untilReachable } from "../database/connection-failure.ts";
import { createRunChores } from "../database/run-chores.ts";
import { segmentQueue, segmentWorkflow } from "../database/create-run-store.ts";
import { type SegmentKey, workflowOf } from "../database/run-rows.ts";
import type { Hold, RunStore } from "../database/run-store.ts";
import { type Suspects, sweep } from "./sweep.ts";
import { createWorkerSlots, executorOf } from "./worker-slots.ts";

/** A second engine would work in a process that has one: the journal's library allows one per process. */
export class WorkerExistsError extends Error {
  override readonly name = "WorkerExistsError";
  readonly code = "worker-exists";
  constructor() {
    super('This process has an engine that drives runs. Close it first, or give this one the role "web".');
  }
}

/** What drives the runs of a tenant in this process. */
export interface Worker {
  /** A place for a segment that begins here; null when there is none. Begun or released, once. */
  reserve(): Place | null;
  /** Lets running steps finish for so long, then leaves the rest to others. */
  stop(drainMs: number): Promise<void>;
}

/** Room for one segment. */
interface Place {
  begin(segment: SegmentKey): void;
  release(): void;
}

/** What a worker is made of. */
export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly journal: DBOSClient;
  readonly logger: DLogger;
  readonly tenant: string;
  readonly version: string;
  readonly store: RunStore;
  readonly runSegment: (run: string, segment: number, worker: { hold: Hold; stopped: AbortSignal }) => Promise<void>;
  readonly keepEndedMs: number;
  readonly concurrency: number;
  readonly pollMs: number;
  readonly heartbeatMs: number;
  readonly deadAfterMs: number;
}

/** How long a segment may take to stop once it is told to. */
const stopMs = 1000;

/** The time in which a worker has one name. */
interface Session {
  readonly hold: Hold;
  /** Aborted when nothing may happen under the name any more. */
  readonly stop: AbortController;
}

// The journal's library is one per process, and so is whatever its workflow calls.
let workflow: typeof runCurrent | undefined;
let current: ((run: string, segment: number) => Promise<void>) | null = null;

async function runCurrent(run: string, segment: number): Promise<void> {
  if (current === null) throw new DBOSWorkflowConflictError(`${run}#${segment}`);
  await current(run, segment);
}

/**
 * Starts to drive runs.
 *
 * @throws WorkerExistsError when this process does so already
 */
export async function createWorker(options: WorkerOptions): Promise<Worker> {
  const { databaseUrl, pool, journal, logger, tenant, store, runSegment, heartbeatMs, deadAfterMs } = options;
  if (current !== null) throw new WorkerExistsError();
  const version = `${tenant}/${options.version}`;
  const chores = createRunChores({ pool, tenant });
  const slots = createWorkerSlots({ pool, tenant, version, deadAfterMs });
  const registered = (workflow ??= DBOS.registerWorkflow(runCurrent, {
    name: segmentWorkflow,
    maxRecoveryAttempts: 1_000_000,
  }));
  current = async () => undefined;

  const closing = new AbortController();
  /** Places for segments that are about to begin here, and tries that are under way. */
  let reserved = 0;
  let tries = 0;
  /** How many of either there are of a workflow. */
  const driving = new Map<string, number>();
  const beginnings = new Set<Promise<void>>();
  /** Whether no later version was started: that one gets what begins now. */
  let latest = true;
  let suspects: Suspects = new Map();
  let session = await open().catch((error: unknown) => {
    current = null;
    throw error;
  });
  const beating = Promise.all([beat(), sweepUp()]);

  return {
    reserve() {
      const full = reserved + tries >= options.concurrency;
      if (full || !latest || closing.signal.aborted || session.stop.signal.aborted) return null;
      reserved += 1;
      return {
        begin(segment) {
          const beginning = beginHere(segment);
          beginnings.add(beginning);
          void beginning.finally(() => beginnings.delete(beginning));
        },
        release: () => (reserved -= 1),
      };
    },

    async stop(drainMs) {
      closing.abort();
      const ended = beating.then(() => end(drainMs));
      // While the database is away the journal's library asks for ever, in a sweep as when it is shut down. What this worker
      // leaves is taken up by others, or by the next one.
      ended.catch(() => undefined);
      await Promise.race([ended, pause(drainMs + 3 * stopMs, undefined, { ref: false })]);
      session.stop.abort();
      current = null;
    },
  };

  /** What does not begin is queued by a later sweep. */
  async function beginHere(segment: SegmentKey): Promise<void> {
    const workflowID = workflowOf(segment);
    mark(workflowID, 1);
    try {
      await DBOS.startWorkflow(registered, { workflowID })(segment.id, segment.segment);
    } catch (error) {
      logger.warn(`A segment is queued later: ${error instanceof Error ? error.message : typeof error}`);
    } finally {
      mark(workflowID, -1);
      reserved -= 1;
    }
  }

  /** Counted, since a try that was given up may still be ending while the next one runs. */
  function mark(workflow: string, change: 1 | -1): void {
    const count = (driving.get(workflow) ?? 0) + change;
    if (count === 0) driving.delete(workflow);
    else driving.set(workflow, count);
  }

  async function open(): Promise<Session> {
    await journal.registerQueue(segmentQueue(tenant), {
      workerConcurrency: options.concurrency,
      minPollingIntervalMs: options.pollMs,
    });
    return launch();
  }

  /** Takes a slot and works under its name. */
  async function launch(): Promise<Session> {
    const hold = await slots.take();
    const stop = new AbortController();
    current = (run, segment) => tryOnce(run, segment, { hold, stop });
    DBOS.setConfig({
      name: `onceflow-${tenant}`,
      systemDatabaseUrl: databaseUrl,
      systemDatabasePool: pool,
      executorID: executorOf(hold),
      applicationVersion: version,
      useListenNotify: false,
      runMigrations: false,
      logger,
    });
    await DBOS.launch();
    return { hold, stop };
  }

  /**
   * One try of a segment; one that goes wrong is queued again, and counted where it begins. Throws nothing but that the
   * segment is somebody else's: anything else would be recorded as its end, and the run would never have one.
   */
  async function tryOnce(run: string, segment: number, { hold, stop }: Session): Promise<void> {
    const workflow = DBOS.workflowID ?? "";
    mark(workflow, 1);
    tries += 1;
    try {
      return await runSegment(run, segment, { hold, stopped: stop.signal });
    } catch (error) {
      if (!stop.signal.aborted && !(error instanceof DBOSWorkflowConflictError)) {
        logger.warn(`A segment is tried again: ${error instanceof Error ? error.message : typeof error}`);
        await queueAgain(workflow, stop.signal).catch((failure: unknown) => {
          if (!stop.signal.aborted) logger.error(failure);
        });
      }
    } finally {
      mark(workflow, -1);
      tries -= 1;
    }
    throw new DBOSWorkflowConflictError(workflow);
  }

  async function queueAgain(workflow: string, signal: AbortSignal): Promise<void> {
    await pause(heartbeatMs, undefined, { signal });
    await untilReachable(() => journal.resumeWorkflow(workflow, { queueName: segmentQueue(tenant) }), signal);
  }

  async function end(drainMs: number): Promise<void> {
    // The slot is kept alive meanwhile: what still runs is still ours.
    const keepAlive = setInterval(() => void slots.beat(session.hold).catch(() => undefined), heartbeatMs);
    // What does not finish is stopped before the journal closes, so that it takes that for no failure of the run.
    const stop = setTimeout(() => session.stop.abort(), drainMs);
    // Nothing begins under this name any more.
    await Promise.race([Promise.all(beginnings), pause(stopMs, undefined, { ref: false })]);
    await DBOS.shutdown({ workflowCompletionTimeoutMS: drainMs + stopMs });
    clearTimeout(stop);
    session.stop.abort();
    clearInterval(keepAlive);
    await slots.release(session.hold).catch(() => undefined);
  }

  /** Apart from the sweeps, which may take longer than a worker may be silent. */
  async function beat(): Promise<void> {
    await repeat(async () => {
      if (await slots.beat(session.hold)) return;
      // Taken for dead, so others do its work: it stops where it is and begins anew under another name.
      session.stop.abort();
      await end(0);
      session = await launch();
    });
  }

  async function sweepUp(): Promise<void> {
    await repeat(async () => {
      if (session.stop.signal.aborted) return;
      const { hold } = session;
      const { keepEndedMs } = options;
      const own = { hold, version, driving, suspects, deadAfterMs };
      ({ latest, suspects } = await sweep({ store, chores, slots, tenant, keepEndedMs, own, warn }));
    });
  }

  /** Once a heartbeat, until the worker stops. */
  async function repeat(chore: () => Promise<void>): Promise<void> {
    while (!closing.signal.aborted) {
      await chore().catch(warn);
      await pause(heartbeatMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  function warn(error: unknown): void {
    if (isConnectionFailure(error)) return;
    logger.warn(error instanceof Error ? error.message : "What a worker does beside its runs failed.");
  }
}
