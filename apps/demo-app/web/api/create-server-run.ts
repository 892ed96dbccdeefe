import type {
  AnswerQuestion,
  AnswerReceipt,
  DataflowRunner,
  DataflowRunRequest,
  RunQuestion,
  RunResult,
} from "@onceflow/step-runtime";
import { emptyResult } from "@onceflow/step-runtime";
import * as z from "zod";
import { ApiProblem } from "./api-problem.ts";
import { callApi } from "./call-api.ts";
import { followEvents } from "./follow-events.ts";

const modalSchema = z.looseObject({
  id: z.string(),
  title: z.union([z.string(), z.record(z.string(), z.string())]),
  controls: z.array(z.looseObject({ type: z.string() })),
  token: z.string(),
  fields: z.array(z.string()),
  deadline: z.number().nullable(),
});
const suspendedSchema = z.looseObject({
  status: z.literal("suspended"),
  definitions: z.record(z.string(), z.json()),
  modal: modalSchema,
});
const startedSchema = z.object({ runId: z.string() });
const runSchema = z.looseObject({ status: z.enum(["running", "suspended", "completed", "failed", "cancelled"]) });

/** Runs dataflows on the server, in the page's session: starts the run, follows its events, fetches what came of it. */
export function createServerRun({ csrfToken }: { csrfToken: string }): DataflowRunner {
  async function ask(
    runId: string,
    { stepId }: { stepId: string },
    onQuestion: NonNullable<DataflowRunRequest["onQuestion"]>,
  ): Promise<void> {
    const question = await fetchQuestion(runId, stepId).catch(() => null);
    if (question !== null) onQuestion(question, (answer) => bringAnswer(runId, question.token, csrfToken, answer));
  }
  return {
    async run({ component, dataflowId, input, onEvent, onQuestion, signal }) {
      const path = `/api/components/${encodeURIComponent(component.id)}/dataflows/${encodeURIComponent(dataflowId)}/execute`;
      const body = JSON.stringify({ input });
      const started = await callApi(path, { method: "POST", csrfToken, body, headers: { Prefer: "wait=0" }, signal });
      const { runId } = startedSchema.parse(await started.json());
      await followEvents(runId, {
        signal,
        onEvent(event) {
          onEvent?.(event);
          if (event.type === "run-suspended" && onQuestion) void ask(runId, event, onQuestion);
        },
      });
      return fetchResult(runId, signal);
    },
  };
}

/** What the server said of an answer that it did not take. */
const receipts: Readonly<Record<string, AnswerReceipt["status"]>> = {
  "answer-expired": "expired",
  "unknown-question": "unknown",
  "unknown-run": "unknown",
  "invalid-answer": "invalid",
};

/** Fetches the question that a run waits with, unless it was answered elsewhere meanwhile. */
async function fetchQuestion(runId: string, stepId: string): Promise<RunQuestion | null> {
  const answer = await callApi(`/api/runs/${encodeURIComponent(runId)}`);
  const read = suspendedSchema.safeParse(await answer.json());
  if (!read.success) return null;
  const { token, fields, deadline, ...modal } = read.data.modal;
  return {
    token,
    stepId,
    fields,
    deadline,
    definitions: read.data.definitions,
    modal,
  };
}

async function bringAnswer(
  runId: string,
  token: string,
  csrfToken: string,
  answer: Parameters<AnswerQuestion>[0],
): Promise<AnswerReceipt> {
  const path = `/api/runs/${encodeURIComponent(runId)}/answers/${encodeURIComponent(token)}`;
  try {
    await callApi(path, { method: "POST", csrfToken, body: JSON.stringify(answer), headers: { Prefer: "wait=0" } });
    return { status: "accepted" };
  } catch (error) {
    const status = error instanceof ApiProblem ? receipts[error.code] : undefined;
    if (status === undefined) throw error;
    return status === "invalid" ? { status, message: "" } : { status };
  }
}

async function fetchResult(runId: string, signal: AbortSignal | undefined): Promise<RunResult> {
  for (;;) {
    const run = runSchema.parse(await (await callApi(`/api/runs/${encodeURIComponent(runId)}`, { signal })).json());
    if (run.status !== "running" && run.status !== "suspended") {
      // What the API leaves out is what the result says by null.
      return { ...emptyResult, ...run, status: run.status };
    }
    // The events broke off, the run goes on.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
