import { DBOSClient, type DLogger } from "@dbos-inc/dbos-sdk";
import {
  checkAnswer,
  type Clock,
  type Engine,
  type OneTimeCodes,
  type RunMessage,
  type RunQuestion,
  type RunResult,
  type SecretBox,
  type StepRegistry,
} from "@onceflow/step-runtime";
import { orUnavailable } from "./database/connection-failure.ts";
import { createRunStore } from "./database/create-run-store.ts";
import { migrate } from "./database/migrate.ts";
import { openPool } from "./database/open-pool.ts";
import { createRunReader } from "./database/run-reader.ts";
import { hashOf, type SegmentKey } from "./database/run-rows.ts";
import type { Beginning } from "./database/run-store.ts";
import { createRunNotices } from "./read/run-notices.ts";
import { viewRun } from "./read/view-run.ts";
import { watchRun } from "./read/watch-run.ts";
import { createCompiledComponents } from "./segment/compiled-components.ts";
import { type ResumptionState, runSegment, type StartState } from "./segment/run-segment.ts";
import { createStateBox } from "./state/create-state-box.ts";
import { createWorker } from "./worker/create-worker.ts";

/** The version of what is journalled: raised when a newer interpreter could not repeat an older segment. */
const journalVersion = "2";

/** What a durable engine is made of. */
export interface DurableEngineOptions<Ports, Given extends Ports & CodePort = Ports & CodePort> {
  /** `postgres://user:password@host:port/name`. The engine makes the schemas `runs` and `dbos` there. */
  readonly databaseUrl: string;
  readonly steps: StepRegistry<Ports>;
  /** Given to the steps as they are. */
  readonly ports: Given;
  /** Seals what is stored of runs. */
  readonly secretBox: SecretBox;
  /** Tenants share a database and see nothing of each other. @default "default" */
  readonly tenant?: string;
  /** `web` starts runs, answers and reads; `worker` and `all` drive them too (one such engine in a process). @default "all" */
  readonly role?: "web" | "worker" | "all";
  /** The time that steps and events tell; deadlines go by the database's clock. @default the machine's */
  readonly clock?: Clock;
  /** The messages that a run sent, for its result. @default none */
  readonly messagesOf?: (runId: string) => readonly RunMessage[] | Promise<readonly RunMessage[]>;
  /** Told when a run was started here. */
  readonly onStart?: () => void;
  /** Told how a run ended that was driven here. */
  readonly onEnd?: (status: RunResult["status"]) => void;
  /** How many segments of runs this process takes on at once of its own, and as many of the queue. @default 20 */
  readonly concurrency?: number;
  /** Connections at most, beside the one that listens; at least 2. @default 10 */
  readonly maxConnections?: number;
  /** How long a statement may take; a database that is silent for a tenth longer counts as away. @default 30000 */
  readonly statementTimeoutMs?: number;
  /** How long a run may take, waits included. @default 604800 (7 days) */
  readonly maxRunSeconds?: number;
  /** How long ended runs are kept; after that their ids may be used again. @default 30 */
  readonly keepEndedDays?: number;
  /** How often workers look for work. @default 100 */
  readonly pollMs?: number;
  /** How often workers say that they live, and look after waits and dead workers. @default 1000 */
  readonly heartbeatMs?: number;
  /** When a silent worker counts as dead; the same for all workers of a tenant. @default 5000 */
  readonly deadAfterMs?: number;
  /** Raise it when a step's recorded results mean something else than before; segments go to the latest version that was started. */
  readonly version?: string;
  /** Told what the operator should know; never a code, key or address. */
  readonly onNotice?: (message: string) => void;
}

/** The engine itself revokes the codes of runs that do not complete. */
interface CodePort {
  readonly oneTimeCodes: OneTimeCodes;
}

/**
 * An engine over PostgreSQL: runs survive crashes, restarts and long waits, and any number of processes drive them.
 *
 * @throws RunTablesMismatchError, RunsUnavailableError, WorkerExistsError
 */
export async function createDurableEngine<Ports, Given extends Ports & CodePort>(
  options: DurableEngineOptions<Ports, Given>,
): Promise<Engine> {
  const { databaseUrl, steps, ports, secretBox, tenant = "default", role = "all" } = options;
  const { clock = { now: () => Date.now() }, messagesOf = () => [], onNotice = () => undefined } = options;
  const { onStart = () => undefined, onEnd = () => undefined } = options;
  const { maxRunSeconds = 7 * 24 * 3600, maxConnections = 10, version = journalVersion } = options;
  const { deadAfterMs = 5000, statementTimeoutMs = 30_000 } = options;

  await orUnavailable(() => migrate(databaseUrl));
  const pool = openPool(databaseUrl, {
    max: maxConnections,
    // Later than the server gives up a statement, so that a repetition does not meet it.
    query_timeout: 1.1 * statementTimeoutMs,
    statement_timeout: statementTimeoutMs,
  });

  const told = new Set<string>();
  let minute = 0;
  /** Once a minute: while the database is away, the same is said many times a second. */
  const notice = (entry: unknown): void => {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) told.clear();
    minute = now;
    const text = String(entry);
    if (!told.has(text)) onNotice(text);
    told.add(text);
  };
  const logger: DLogger = { info: () => undefined, debug: () => undefined, warn: notice, error: notice };
  const journal = await DBOSClient.create({
    systemDatabaseUrl: databaseUrl,
    systemDatabasePool: pool,
    applicationName: `onceflow-${tenant}`,
    logger,
  });
  const store = createRunStore({ pool, tenant, journal, deadAfterMs });
  const reader = createRunReader({ pool, tenant });
  const notices = createRunNotices(databaseUrl);
  const boxOf = (runId: string) => createStateBox(secretBox, `${tenant}/${runId}`);
  const closed = new AbortController();

  const surroundings = {
    store,
    boxOf,
    ports,
    clock,
    messagesOf,
    onEnd,
    findComponent: createCompiledComponents(store, steps),
    watchCancel(run: string) {
      const controller = new AbortController();
      const end = notices.on(run, ({ cancelled }) => cancelled && controller.abort());
      return { signal: controller.signal, end };
    },
  };
  const close = async (): Promise<void> => {
    closed.abort();
    await notices.close();
    await journal.destroy();
    await pool.end();
  };
  const worker =
    role === "web"
      ? null
      : await orUnavailable(() =>
          createWorker({
            databaseUrl,
            pool,
            journal,
            logger,
            tenant,
            version,
            store,
            runSegment: (run, segment, { hold, stopped }) => runSegment(run, segment, { surroundings, hold, stopped }),
            keepEndedMs: (options.keepEndedDays ?? 30) * 24 * 3_600_000,
            concurrency: options.concurrency ?? 20,
            pollMs: options.pollMs ?? 100,
            heartbeatMs: options.heartbeatMs ?? 1000,
            deadAfterMs,
          }),
        ).catch(async (error: unknown) => {
          await close();
          throw error;
        });

  /** Stores what leads to a segment, if there is one. It begins here when there is room: the queue is looked at now and then only. */
  const move = async (store: (beginning: Beginning) => Promise<SegmentKey | null>): Promise<boolean> => {
    const place = worker?.reserve() ?? null;
    const segment = await store(place ? "here" : "queued").catch((error: unknown) => {
      place?.release();
      throw error;
    });
    if (segment === null) place?.release();
    else place?.begin(segment);
    return segment !== null;
  };

  let closing: Promise<void> | undefined;

  return {
    async start({ runId, component, dataflowId, input, caller }) {
      const box = boxOf(runId);
      const start: StartState = { input, seed: crypto.randomUUID() };
      const sealedStart = await box.seal(start, "start");
      const sealedCaller = await box.seal(caller, "caller");
      const run = {
        runId,
        component,
        dataflowId,
        clientId: caller.clientId,
        userId: caller.userId,
        deadlineMs: maxRunSeconds * 1000,
        sealedCaller,
        sealedStart,
      };
      const created = await orUnavailable(() => move((beginning) => store.create(run, beginning)));
      if (created) onStart();
      return { created };
    },

    answer: (runId, token, { outcome = "answered", value = {}, answerId, ipClass }) =>
      orUnavailable(async () => {
        const run = await reader.find(runId);
        const wait = run && (await reader.findWait(run.id, token));
        if (!run || !wait) return { status: "unknown" };
        const answerHash = hashOf(answerId);
        if (wait.winner !== null) return { status: wait.answerHash?.equals(answerHash) ? "duplicate" : "expired" };
        if (wait.overdue) return { status: "expired" };
        const box = boxOf(runId);
        const { fields } = await box.open<RunQuestion>(wait.sealedQuestion, `wait/${wait.segment}/question`);
        const { component } = await surroundings.findComponent(run.component);
        const checked = checkAnswer(value, { component, fields, outcome });
        if (!checked.ok) return { status: "invalid", message: checked.message };
        const resumption: ResumptionState = { outcome, values: checked.values };
        const caller = await box.open<object>(run.sealedCaller, "caller");
        const claim = {
          winner: "answer",
          answerHash,
          sealedResumption: await box.seal(resumption, `wait/${wait.segment}/resumption`),
          sealedCaller: await box.seal({ ...caller, ipClass }, "caller"),
        } as const;
        const accepted = await move((beginning) => store.claim(run.id, wait.segment, claim, beginning));
        if (accepted) return { status: "accepted" };
        const ended = await reader.findWait(run.id, token);
        return { status: ended?.answerHash?.equals(answerHash) ? "duplicate" : "expired" };
      }),

    cancel: (runId) => orUnavailable(() => store.cancel(runId)),
    get: (runId) => orUnavailable(() => viewRun(runId, { reader, boxOf })),

    events(runId, after = 0, signal) {
      const gone = signal ? AbortSignal.any([signal, closed.signal]) : closed.signal;
      return watchRun(runId, { after, signal: gone, reader, boxOf, notices });
    },

    async list(query = {}) {
      const rows = await orUnavailable(() => reader.list(query));
      return rows.map(({ runId, componentId, dataflowId, clientId, userId, status, startedAt, endedAt }) => ({
        runId,
        componentId,
        dataflowId,
        clientId,
        userId,
        status,
        startedAt,
        endedAt,
      }));
    },

    close({ drainMs = 5000 } = {}) {
      closing ??= (async () => {
        await worker?.stop(drainMs);
        await close();
      })();
      return closing;
    },
  };
}
