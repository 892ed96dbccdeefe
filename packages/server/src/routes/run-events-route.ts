import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { RunEvent } from "@onceflow/step-runtime";
import { streamSSE } from "hono/streaming";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { logFailure } from "../log/log-failure.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { endsRun } from "../runs/ends-run.ts";
import { seenRun } from "../runs/seen-run.ts";
import { seesOutputs } from "../runs/sees-outputs.ts";
import type { RouteOptions } from "./route-options.ts";

const getRunEvents = createRoute({
  method: "get",
  path: "/api/runs/{id}/events",
  operationId: "getRunEvents",
  summary: "The events of a run as a server-sent stream, every secret masked",
  description:
    "Each event has its place in the run as `id` and itself as JSON in `data`. The stream ends with the run. With an API key of scope operate of the runs of all clients. A session without scope author or operate is not shown what the steps made.",
  tags: ["runs"],
  security: securityOf("execute", "operate"),
  middleware: requireScope("execute", "operate"),
  request: {
    params: z.object({ id: z.string() }),
    headers: z.object({ "last-event-id": z.string().optional().openapi({ description: "Goes on after this event." }) }),
  },
  responses: {
    200: { description: "The events.", content: { "text/event-stream": { schema: z.string() } } },
    204: { description: "The run is over and all its events were read: do not connect again." },
    ...problemAnswers(...credentialProblems, "malformed-header", "unknown-run"),
  },
});

/** `GET /api/runs/{id}/events`. */
export function addRunEventsRoute(app: OpenAPIHono<AppEnv>, { engine, heartbeatMs }: RouteOptions): void {
  app.openapi(getRunEvents, async (context) => {
    const runId = context.req.valid("param").id;
    const { principal } = context.var;
    const { view } = await seenRun(runId, { engine, principal });
    const after = readAfter(context.req.header("Last-Event-ID"));
    const outputs = seesOutputs(principal);
    const gone = new AbortController();
    const events = engine.events(runId, after, gone.signal)[Symbol.asyncIterator]();
    // Of a run that is over the next event is there already, or never comes.
    const first = view.result === null ? null : await events.next();
    if (first?.done === true) return context.body(null, 204);
    if (context.req.method === "HEAD") {
      // Nobody would read a stream: it would never end.
      gone.abort();
      await events.return?.();
      return context.body(null, 200, { "Content-Type": "text/event-stream" });
    }
    return streamSSE(context, async (stream) => {
      stream.onAbort(() => gone.abort());
      const heartbeat = setInterval(() => void stream.write(": still here\n\n"), heartbeatMs);
      try {
        for (let next = first ?? (await events.next()); next.done !== true; next = await events.next()) {
          const { seq, ...event } = next.value;
          // Who hears of the end asks for the result, which is there once the engine has no more to tell.
          if (endsRun(event)) await events.next();
          await stream.writeSSE({ id: String(seq), data: JSON.stringify(outputs ? event : withoutOutput(event)) });
        }
      } catch (error) {
        if (!gone.signal.aborted) logFailure(context.var.log, error);
      } finally {
        clearInterval(heartbeat);
        gone.abort();
        await events.return?.();
      }
    });
  });
}

/** The event without what the step made. */
function withoutOutput(event: RunEvent): RunEvent {
  if (event.type !== "step-finished" && event.type !== "step-failed") return event;
  const { console: _, ...rest } = event;
  return rest.type === "step-finished" ? { ...rest, output: {} } : rest;
}

function readAfter(lastEventId: string | undefined): number {
  if (lastEventId === undefined || lastEventId === "") return 0;
  if (!/^\d{1,15}$/.test(lastEventId))
    throw new ProblemError("malformed-header", "Last-Event-ID is the id of an event: a whole number.");
  return Number(lastEventId);
}
