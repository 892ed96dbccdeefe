import type { RunView } from "@onceflow/step-runtime";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { unknownRun } from "../admin/unknown-run.ts";
import { withEngine } from "../admin/with-engine.ts";
import type { Command } from "../main.ts";

/** `onceflow run show`: where a run stands and what its steps came to; nothing of what it holds. */
export const runShowCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, { names: ["ID"], options: { json: { type: "boolean" } } });
  const view = await withEngine(call, terminal, (engine) => engine.get(call.words[0] ?? ""));
  if (view === null) throw unknownRun();
  const shown = shownOf(view);
  terminal.stdout.write(call.option("json") === undefined ? inWords(shown) : `${JSON.stringify(shown, null, 2)}\n`);
  return 0;
};

/** A run without its input, response, definitions, modal and what its steps gave. */
function shownOf({ runId, componentId, dataflowId, caller, state, question }: RunView) {
  return {
    runId,
    status: state.status,
    componentId,
    dataflowId,
    clientId: caller.clientId,
    userId: caller.userId,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    error: state.error,
    /** The step that asks, and when it stops waiting. */
    waits: question === null ? null : { stepId: question.stepId, deadline: question.deadline },
    steps: state.steps.map(({ callPath, stepId, activation, status, outcome, error, startedAt, endedAt }) => ({
      callPath,
      stepId,
      activation,
      status,
      outcome,
      error,
      startedAt,
      endedAt,
    })),
  };
}

function inWords({ steps, waits, error, ...run }: ReturnType<typeof shownOf>): string {
  const caller = run.userId === null ? run.clientId : `${run.clientId}, user ${run.userId}`;
  const lines = [`${run.runId} ${run.status}`, `  ${run.componentId}/${run.dataflowId}, client ${caller}`];
  if (run.startedAt !== null) lines.push(`  started ${moment(run.startedAt)}`);
  if (run.endedAt !== null) lines.push(`  ended ${moment(run.endedAt)}`);
  if (error !== null) lines.push(`  ${error.code}: ${error.message}`);
  if (waits !== null) {
    lines.push(`  waits at ${waits.stepId}${waits.deadline === null ? "" : ` until ${moment(waits.deadline)}`}`);
  }
  for (const { callPath, stepId, activation, status, outcome, startedAt, endedAt } of steps) {
    const step = `${callPath === "" ? "" : `${callPath}/`}${stepId}${activation === 1 ? "" : `/${activation}`}`;
    lines.push(`  - ${step} ${outcome ?? status}${endedAt === null ? "" : ` ${endedAt - startedAt} ms`}`);
  }
  return `${lines.join("\n")}\n`;
}

function moment(ms: number): string {
  return new Date(ms).toISOString();
}
