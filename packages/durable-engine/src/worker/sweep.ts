import { DBOS } from "@dbos-inc/dbos-sdk";
import { type RunStore, segmentQueue, segmentWorkflow } from "../database/run-store.ts";
import type { WorkerSlots } from "./worker-slots.ts";

/** How much one sweep takes on; the next one comes soon. */
const batch = 100;

/** What must happen though nobody asks for it: waits end in time, and the runs of dead workers go on. Any worker may do it, and all do. */
export async function sweep({
  store,
  slots,
  tenant,
  version,
}: {
  readonly store: RunStore;
  readonly slots: WorkerSlots;
  readonly tenant: string;
  readonly version: string;
}): Promise<void> {
  for (const { run, segment, winner } of await store.due(batch)) await store.claim(run, segment, { winner });

  // Listed before it is asked who lives: whoever began one of these segments had a slot by then.
  const pending = await DBOS.listWorkflows({
    status: "PENDING",
    workflowName: segmentWorkflow,
    loadInput: false,
    loadOutput: false,
    limit: batch,
  });
  const living = await slots.living();
  const orphans = pending.filter(({ executorId }) => !living.some(({ executor }) => executor === executorId));
  if (orphans.length > 0) {
    const ids = orphans.map(({ workflowID }) => workflowID);
    await DBOS.resumeWorkflows(ids, { queueName: segmentQueue(tenant) });
  }

  // Segments are run by the latest version that was started. After a step back, that is one that nobody runs.
  const { versionName } = await DBOS.getLatestApplicationVersion();
  if (versionName !== version && !living.some((worker) => worker.version === versionName)) {
    await DBOS.setLatestApplicationVersion(version);
  }
}
