import type { DataflowRunner, RunResult } from "@onceflow/step-runtime";
import * as z from "zod";
import { callApi } from "./call-api.ts";
import { followEvents } from "./follow-events.ts";

const startedSchema = z.object({ runId: z.string() });
const runSchema = z.looseObject({ status: z.enum(["running", "completed", "failed", "cancelled"]) });

/** Runs dataflows on the server, in the page's session: starts the run, follows its events, fetches what came of it. */
export function createServerRun({ csrfToken }: { csrfToken: string }): DataflowRunner {
  return {
    async run({ component, dataflowId, input, onEvent, signal }) {
      const path = `/api/components/${encodeURIComponent(component.id)}/dataflows/${encodeURIComponent(dataflowId)}/execute`;
      const body = JSON.stringify({ input });
      const started = await callApi(path, { method: "POST", csrfToken, body, headers: { Prefer: "wait=0" }, signal });
      const { runId } = startedSchema.parse(await started.json());
      await followEvents(runId, { onEvent, signal });
      return fetchResult(runId, signal);
    },
  };
}

async function fetchResult(runId: string, signal: AbortSignal | undefined): Promise<RunResult> {
  for (;;) {
    const run = runSchema.parse(await (await callApi(`/api/runs/${encodeURIComponent(runId)}`, { signal })).json());
    if (run.status !== "running") {
      // What the API leaves out is what the result says by null.
      return {
        response: null,
        responseStatus: null,
        definitions: {},
        modal: null,
        messages: [],
        error: null,
        ...run,
        status: run.status,
      };
    }
    // The events broke off, the run goes on.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
