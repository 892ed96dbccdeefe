import type { RunQuery } from "@onceflow/step-runtime";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { withEngine } from "../admin/with-engine.ts";
import type { Command } from "../main.ts";
import { UsageError } from "../usage.ts";

const statuses = ["pending", "running", "suspended", "completed", "failed", "cancelled"] as const;

/** `onceflow run list`: the runs there are, newest first, one a line; nothing of what they hold. */
export const runListCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, {
    options: {
      status: { type: "string" },
      component: { type: "string" },
      limit: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const given = { status: call.option("status"), componentId: call.option("component"), limit: call.option("limit") };
  const status = statuses.find((status) => status === given.status);
  if (given.status !== undefined && status === undefined) {
    throw new UsageError(`--status takes one of ${statuses.join(", ")}.`);
  }
  const limit = Number(given.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new UsageError("--limit takes a number from 1 to 500.");
  const query: RunQuery = {
    limit,
    ...(status === undefined ? {} : { status }),
    ...(given.componentId === undefined ? {} : { componentId: given.componentId }),
  };
  const runs = await withEngine(call, terminal, (engine) => engine.list(query));
  if (call.option("json") !== undefined) terminal.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else {
    for (const { runId, status, componentId, dataflowId, clientId, userId, startedAt } of runs) {
      const caller = userId === null ? clientId : `${clientId} ${userId}`;
      terminal.stdout.write(
        `${runId} ${status} ${componentId}/${dataflowId} ${caller} ${new Date(startedAt).toISOString()}\n`,
      );
    }
  }
  return 0;
};
