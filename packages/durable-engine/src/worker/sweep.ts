import { DBOS } from "@dbos-inc/dbos-sdk";
import type { RunChores } from "../database/run-chores.ts";
import { segmentOf } from "../database/run-rows.ts";
import { segmentQueue, segmentWorkflow } from "../database/create-run-store.ts";
import type { Hold, RunStore } from "../database/run-store.ts";
import { executorOf, type WorkerSlots } from "./worker-slots.ts";

/** How long the journal of an ended run is kept: whatever still runs of it has noticed by then. */
const journalMs = 60_000;

/** How much one sweep takes on; the next one comes soon. */
const batch = 100;

/** What must happen though nobody asks for it: waits end in time, the runs of dead workers go on, and what is over is forgotten. Any worker may do it, and all do. Tells whether this version is the latest that was started. */
export async function sweep({
  store,
  chores,
  slots,
  hold,
  tenant,
  version,
  keepEndedMs,
  driving,
  suspects,
  warn,
}: {
  readonly store: RunStore;
  readonly chores: RunChores;
  readonly slots: WorkerSlots;
  readonly hold: Hold;
  readonly tenant: string;
  readonly version: string;
  readonly keepEndedMs: number;
  /** The segments that are under way here. */
  readonly driving: ReadonlySet<string>;
  /** Those that the journal gives to this worker, and that the last sweep found not under way. */
  readonly suspects: ReadonlySet<string>;
  /** Told what went wrong with one run, which keeps nobody from the others. */
  readonly warn: (error: unknown) => void;
}): Promise<{ readonly latest: boolean; readonly suspects: ReadonlySet<string> }> {
  for (const { run, segment, winner } of await chores.due(batch)) {
    await store.claim(run, segment, { winner }, "queued").catch(warn);
  }
  for (const segment of await chores.unbegun(batch)) await store.queue(segment).catch(warn);

  // Listed before it is asked who lives: whoever began one of these segments had a slot by then.
  const pending = await DBOS.listWorkflows({
    status: "PENDING",
    workflowName: segmentWorkflow,
    loadInput: false,
    loadOutput: false,
  });
  const living = await slots.living(hold);
  const orphans = pending.filter(({ executorId }) => !living.some(({ executor }) => executor === executorId));
  // Claimed, and the answer went away with the connection; or on its way between the journal and here.
  const idle = pending.filter(
    ({ workflowID, executorId }) => executorId === executorOf(hold) && !driving.has(workflowID),
  );
  const lost = [...orphans, ...idle.filter(({ workflowID }) => suspects.has(workflowID))];
  if (lost.length > 0) {
    const ids = lost.map(({ workflowID }) => workflowID);
    await DBOS.resumeWorkflows(ids, { queueName: segmentQueue(tenant) });
  }

  const versions = (await DBOS.listApplicationVersions()).map(({ versionName }) => versionName);
  let [latest] = versions;
  const gone = versions.filter((name) => !living.some((worker) => worker.version === name));
  if (gone.length > 0) {
    // Segments are run by the latest version that was started. After a step back, that is one that nobody runs.
    if (latest !== undefined && gone.includes(latest)) {
      await DBOS.setLatestApplicationVersion(version);
      latest = version;
    }
    const stranded = await DBOS.listWorkflows({
      status: ["PENDING", "ENQUEUED"],
      applicationVersion: gone,
      loadInput: false,
      loadOutput: false,
      limit: batch,
    });
    for (const { workflowID } of stranded) {
      const { run, segment } = segmentOf(workflowID);
      await store.abandon(run, segment);
    }
    if (stranded.length > 0) await DBOS.cancelWorkflows(stranded.map(({ workflowID }) => workflowID));
  }

  const ended = await chores.endedWithJournal({ afterMs: journalMs, limit: batch });
  if (ended.length > 0) {
    await DBOS.deleteWorkflows(ended.flatMap(({ workflows }) => workflows));
    await chores.dropJournal(ended.map(({ run }) => run));
  }
  await chores.forget({ afterMs: keepEndedMs, limit: batch });
  return { latest: latest === version, suspects: new Set(idle.map(({ workflowID }) => workflowID)) };
}
