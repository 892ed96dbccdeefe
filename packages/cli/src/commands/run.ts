import { createMemoryOneTimeCodeStore, createKeyRing, createOneTimeCodes, generateKey } from "@onceflow/one-time-code";
import { createNodeScriptRunner } from "@onceflow/script-sandbox/node";
import {
  builtInSteps,
  type Component,
  createStepRegistry,
  type JsonObject,
  localize,
  type RunEvent,
  type RunResult,
  validateComponent,
} from "@onceflow/step-runtime";
import {
  createMemoryClients,
  createMemoryEngine,
  createMemoryNotifier,
  createMemoryUsers,
  type IssuedCodes,
  rememberIssuedCodes,
  sampleClients,
  sampleUsers,
  systemClock,
  systemRandom,
} from "@onceflow/step-runtime/memory";
import type { Command, Terminal } from "../main.ts";
import { parseRunCall, type RunCall } from "../parse-run-call.ts";
import { printIssue } from "../print-issue.ts";
import { readComponentFile } from "../read-component-file.ts";
import { UsageError } from "../usage.ts";

/** What a run prints: the result for its owner, and its redacted events. */
type RunReport = Omit<RunResult, "error"> & {
  readonly events: readonly RunEvent[];
  readonly error?: NonNullable<RunResult["error"]>;
};

/** `onceflow run`: exit code 0 when every dataflow completed, else 1. */
export const runCommand: Command = async (args, terminal) => {
  const call = parseRunCall(args);
  const { component, issues, locate } = await readComponentFile(call.file);
  for (const issue of issues) terminal.stderr.write(printIssue(call.file, issue));
  if (!component) return 1;
  for (const issue of validateComponent(component, createStepRegistry(builtInSteps), { locate })) {
    if (issue.severity === "error") terminal.stderr.write(printIssue(call.file, issue));
  }
  const reports = await runDataflows(component, call, terminal);
  if (call.json) terminal.stdout.write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
  else for (const report of reports) terminal.stdout.write(inWords(report));
  return reports.every(({ status }) => status === "completed") ? 0 : 1;
};

/** Runs the dataflows one after the other in one session. */
async function runDataflows(component: Component, call: RunCall, { stderr }: Terminal): Promise<readonly RunReport[]> {
  const users = createMemoryUsers(call.users ?? sampleUsers);
  const clients = createMemoryClients(sampleClients);
  const user = call.userName === null ? null : await users.find(call.userName);
  if (call.userName !== null && !user) {
    const known = (await users.list()).map(({ userName }) => userName).join(", ");
    throw new UsageError(`There is no such user. Known users: ${known}.`);
  }
  if (!(await clients.get(call.clientId))) {
    throw new UsageError(`There is no such client. Known clients: ${sampleClients.map(({ id }) => id).join(", ")}.`);
  }
  if (!call.dataflows.every(({ id }) => component.dataflows.some((dataflow) => dataflow.id === id))) {
    throw new UsageError(
      `The component has no such dataflow. It has: ${component.dataflows.map(({ id }) => id).join(", ")}.`,
    );
  }

  const service = createOneTimeCodes({
    store: createMemoryOneTimeCodeStore({ now: () => systemClock.now() }),
    keyRing: createKeyRing({ current: "run", keys: { run: generateKey() } }),
    testMode: call.testMode,
  });
  const codes = rememberIssuedCodes(
    service,
    async (challengeId) => (await service.openForDelivery(challengeId))?.code ?? null,
  );
  const notifier = createMemoryNotifier({
    openCode: (challengeId) => service.openForDelivery(challengeId),
    showsCodes: call.testMode,
  });
  const scriptRunner = createNodeScriptRunner({ poolSize: 1 });
  const engine = createMemoryEngine({
    steps: createStepRegistry(builtInSteps),
    ports: { oneTimeCodes: codes.oneTimeCodes, users, clients, scriptRunner, notifier },
    messagesOf: (runId) => notifier.messagesOf(runId),
    clock: systemClock,
    random: systemRandom,
  });
  const caller = { clientId: call.clientId, userId: user?.id ?? null, sessionId: systemRandom.uuid(), ipClass: null };
  const reports: RunReport[] = [];
  try {
    for (const { id, input } of call.dataflows) {
      const runId = systemRandom.uuid();
      const events: RunEvent[] = [];
      await engine.start({ runId, component, dataflowId: id, input: substitute(codes, input), caller });
      for await (const event of engine.events(runId)) {
        events.push(event);
        stderr.write(progress(component, id, event));
      }
      const view = await engine.get(runId);
      const { error, ...result } = view?.result ?? neverEnded;
      reports.push({ ...result, events, ...(error ? { error } : {}) });
    }
  } finally {
    await scriptRunner.close();
  }
  return reports;
}

const neverEnded: RunResult = {
  status: "cancelled",
  response: null,
  responseStatus: null,
  definitions: {},
  modal: null,
  messages: [],
  error: null,
};

function substitute(codes: IssuedCodes, input: JsonObject): JsonObject {
  try {
    return codes.substitute(input);
  } catch {
    // Its own message quotes what stands in the place of the three words.
    throw new UsageError(
      'There is no such issued code. Use "last", "previous" or "wrong" after a dataflow that issues one.',
    );
  }
}

/** One line of progress; events are redacted, so it holds no secret. */
function progress(component: Component, dataflowId: string, event: RunEvent): string {
  const name = (stepId: string) => {
    const steps = component.dataflows.find(({ id }) => id === dataflowId)?.stages.flatMap((stage) => stage.steps) ?? [];
    const step = steps.find(({ id }) => id === stepId);
    return step ? localize(step.name, "en") : stepId;
  };
  switch (event.type) {
    case "run-started":
      return `${dataflowId}\n`;
    case "step-finished":
      return `  ✓ ${name(event.stepId)}${event.outcome === "" || event.outcome === "ok" ? "" : `: ${event.outcome}`}\n`;
    case "step-failed":
      return `  ✗ ${name(event.stepId)}: ${event.error.message}\n`;
    case "run-failed":
      return `  failed (${event.error.code}): ${event.error.message}\n`;
    default:
      return "";
  }
}

function inWords({ status, response, responseStatus, modal }: RunReport): string {
  const lines = [`Status: ${status}`];
  if (modal) lines.push(`Modal: ${localize(modal.title, "en")}`);
  if (responseStatus !== null) lines.push(`Response (${responseStatus}): ${JSON.stringify(response)}`);
  return `${lines.join("\n")}\n`;
}
