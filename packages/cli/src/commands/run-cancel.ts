import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { unknownRun } from "../admin/unknown-run.ts";
import { withEngine } from "../admin/with-engine.ts";
import type { Command } from "../main.ts";

/** `onceflow run cancel`: ends a run after the step that it is in; its codes work no longer. */
export const runCancelCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, { names: ["ID"] });
  const [runId = ""] = call.words;
  await withEngine(call, terminal, async (engine) => {
    const view = await engine.get(runId);
    if (view === null) throw unknownRun();
    if (view.result !== null) throw new CommandError(`The run is over: ${view.result.status}.`);
    await engine.cancel(runId);
  });
  terminal.stdout.write(`${runId} is cancelled: the server ends it after the step that it is in.\n`);
  return 0;
};
