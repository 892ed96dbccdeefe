import { createMemoryOneTimeCodeStore, createKeyRing, createOneTimeCodes, generateKey } from "@onceflow/one-time-code";
import { createNodeScriptRunner } from "@onceflow/script-sandbox/node";
import {
  builtInSteps,
  calledDataflow,
  type Component,
  createStepRegistry,
  emptyResult,
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
  createMemoryProofSigner,
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

const stepTypes = createStepRegistry(builtInSteps);

/** What a run prints: the result for its owner, or the modal that it waits with, and its redacted events. */
type RunReport = Omit<RunResult, "status" | "error"> & {
  readonly status: RunResult["status"] | "suspended";
  readonly events: readonly RunEvent[];
  readonly error?: NonNullable<RunResult["error"]>;
};

/** `onceflow run`: exit code 0 when every dataflow completed, 3 when one waits for an answer, else 1. */
export const runCommand: Command = async (args, terminal) => {
  const call = parseRunCall(args);
  const { component, issues, locate } = await readComponentFile(call.file);
  for (const issue of issues) terminal.stderr.write(printIssue(call.file, issue));
  if (!component) return 1;
  for (const issue of validateComponent(component, stepTypes, { locate })) {
    if (issue.severity === "error") terminal.stderr.write(printIssue(call.file, issue));
  }
  const reports = await runDataflows(component, call, terminal);
  if (call.json) terminal.stdout.write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
  else for (const report of reports) terminal.stdout.write(inWords(report));
  return Math.max(...reports.map(({ status }) => exitCodes[status]));
};

const exitCodes = { completed: 0, failed: 1, cancelled: 1, suspended: 3 } as const;

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
  const notifier = createMemoryNotifier({ openCode: (challengeId) => service.openForDelivery(challengeId) });
  const scriptRunner = createNodeScriptRunner({ poolSize: 1 });
  const engine = createMemoryEngine({
    steps: stepTypes,
    ports: {
      oneTimeCodes: codes.oneTimeCodes,
      users,
      clients,
      scriptRunner,
      notifier,
      proofSigner: createMemoryProofSigner(),
    },
    messagesOf: (runId) => notifier.messagesOf(runId),
    clock: systemClock,
    random: systemRandom,
  });
  const caller = { clientId: call.clientId, userId: user?.id ?? null, sessionId: systemRandom.uuid(), ipClass: null };
  const answers = [...call.answers];

  /** Runs one dataflow until it is over, or asks what nobody answers. */
  async function runDataflow(id: string, input: JsonObject): Promise<RunReport> {
    const runId = systemRandom.uuid();
    const events: RunEvent[] = [];
    await engine.start({ runId, component, dataflowId: id, input: substitute(codes, input), caller });
    for await (const event of engine.events(runId)) {
      events.push(event);
      stderr.write(progress(component, id, event));
      const question = event.type === "run-suspended" ? (await engine.get(runId))?.question : null;
      if (!question) continue;
      const answer = answers.shift();
      if (answer === undefined) {
        const { modal, definitions } = question;
        const asking = { ...emptyResult, modal, definitions, messages: notifier.messagesOf(runId) };
        await engine.cancel(runId);
        return report({ ...asking, status: "suspended" }, events);
      }
      const given = {
        ...answer,
        value: substitute(codes, answer.value ?? {}),
        answerId: question.token,
        ipClass: null,
      };
      const receipt = await engine.answer(runId, question.token, given);
      if (receipt.status === "invalid") throw new UsageError(`An answer does not fit its question: ${receipt.message}`);
    }
    return report((await engine.get(runId))?.result ?? { ...emptyResult, status: "cancelled" }, events);
  }

  const reports: RunReport[] = [];
  try {
    for (const { id, input } of call.dataflows) reports.push(await runDataflow(id, input));
  } finally {
    await scriptRunner.close();
  }
  return reports;
}

function report(
  { error, ...result }: Omit<RunResult, "status"> & Pick<RunReport, "status">,
  events: readonly RunEvent[],
): RunReport {
  return { ...result, events, ...(error ? { error } : {}) };
}

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
  const { callPath = "" } = "callPath" in event ? event : {};
  // The step that calls ends after the steps that it called, further in.
  const indent = "  ".repeat(callPath === "" ? 1 : 1 + callPath.split("/").length / 2);
  const name = (stepId: string) => {
    const dataflow = calledDataflow(component, stepTypes, { dataflowId, callPath });
    const step = dataflow?.stages.flatMap(({ steps }) => steps).find(({ id }) => id === stepId);
    return step ? localize(step.name, "en") : stepId;
  };
  switch (event.type) {
    case "run-started":
      return `${dataflowId}\n`;
    case "step-finished":
      return `${indent}✓ ${name(event.stepId)}${event.outcome === "" || event.outcome === "ok" ? "" : `: ${event.outcome}`}\n`;
    case "step-failed":
      return `${indent}✗ ${name(event.stepId)}: ${event.error.message}\n`;
    case "run-suspended":
      return `  … ${name(event.stepId)} waits for an answer\n`;
    case "run-resumed":
      return `  … ${name(event.stepId)}: ${event.outcome}\n`;
    case "run-failed":
      return `  failed (${event.error.code}): ${event.error.message}\n`;
    default:
      return "";
  }
}

function inWords({ status, response, responseStatus, modal, messages }: RunReport): string {
  const lines = [`Status: ${status}`];
  for (const { to, subject } of messages) lines.push(`Message to ${to}: ${subject}`);
  if (modal) lines.push(`Modal: ${localize(modal.title, "en")}`);
  if (responseStatus !== null) lines.push(`Response (${responseStatus}): ${JSON.stringify(response)}`);
  return `${lines.join("\n")}\n`;
}
