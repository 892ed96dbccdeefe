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

/** Claims that the journal gives to this worker and that are not under way, with when that was first seen. */
export type Suspects = ReadonlyMap<string, number>;

/** Who sweeps, and what is under way there. */
interface OwnWork {
  readonly hold: Hold;
  readonly version: string;
  /** By workflow. */
  readonly driving: ReadonlyMap<string, number>;
  /** What the last sweep told of them. */
  readonly suspects: Suspects;
  readonly deadAfterMs: number;
}

/** What must happen though nobody asks for it: waits end in time, the runs of dead workers go on, and what is over is forgotten. Any worker may do it, and all do. Tells whether this version is the latest that was started. */
export async function sweep({
  store,
  chores,
  slots,
  tenant,
  keepEndedMs,
  own,
  warn,
}: {
  readonly store: RunStore;
  readonly chores: RunChores;
  readonly slots: WorkerSlots;
  readonly tenant: string;
  readonly keepEndedMs: number;
  readonly own: OwnWork;
  /** Told what went wrong with one run, which keeps nobody from the others. */
  readonly warn: (error: unknown) => void;
}): Promise<{ readonly latest: boolean; readonly suspects: Suspects }> {
  const { hold, version, driving, deadAfterMs } = own;
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
  const now = performance.now();
  const idle = pending.filter(
    ({ workflowID, executorId }) => executorId === executorOf(hold) && !driving.has(workflowID),
  );
  const suspects = new Map(idle.map((claim) => [claimOf(claim), own.suspects.get(claimOf(claim)) ?? now]));
  const stuck = idle.filter((claim) => now - (suspects.get(claimOf(claim)) ?? now) > deadAfterMs);
  const lost = [...orphans, ...stuck];
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
  return { latest: latest === version, suspects };
}

/** A claim, and no later one of the same workflow: recording steps does not touch the time. */
function claimOf({ workflowID, updatedAt }: { readonly workflowID: string; readonly updatedAt?: number }): string {
  return `${workflowID} ${updatedAt}`;
}
