import { z } from "@hono/zod-openapi";
import { strictBody } from "../body/strict-body.ts";

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  stepId: z.string().nullable(),
});

const modalSchema = z
  .looseObject({
    id: z.string(),
    title: z.union([z.string(), z.record(z.string(), z.string())]),
    controls: z.array(z.looseObject({ type: z.string(), value: z.unknown().optional() })),
    token: z
      .string()
      .optional()
      .openapi({ description: "The modal asks: what POST /api/runs/{id}/answers/{token} wants." }),
    fields: z.array(z.string()).optional().openapi({ description: "The definitions that may be answered." }),
    deadline: z
      .number()
      .nullable()
      .optional()
      .openapi({ description: "When the wait is over, milliseconds since 1970." }),
  })
  .openapi("Modal");

const resultFields = {
  runId: z.string(),
  status: z.enum(["running", "suspended", "completed", "failed", "cancelled"]),
  response: z.unknown().optional().openapi({ description: "What Write response answered." }),
  responseStatus: z.number().int().optional(),
  definitions: z
    .record(z.string(), z.unknown())
    .optional()
    .openapi({ description: "The definitions at the end; entered secrets are masked." }),
  modal: modalSchema
    .optional()
    .openapi({ description: "The last modal that was shown, or the one that asks; its values resolved." }),
  runToken: z
    .string()
    .optional()
    .openapi({ description: "The run waits: lets an end user answer this run, and nothing else, until it is over." }),
  error: errorSchema.optional(),
};

/** How a run stands, and what came of it once it is over. */
export const executionSchema = z.object(resultFields).openapi("Execution");

/** A run as its session sees it: the execution, and its steps with every secret masked. */
export const runSchema = z
  .object({
    ...resultFields,
    componentId: z.string(),
    dataflowId: z.string(),
    startedAt: z.number().nullable().openapi({ description: "Milliseconds since 1970." }),
    endedAt: z.number().nullable(),
    steps: z.array(
      z.object({
        callPath: z.string().openapi({
          description:
            "Of a step in a dataflow that the run called: step/activation of each caller, joined by /. Empty in the run's own dataflow.",
        }),
        stepId: z.string(),
        activation: z.number().int(),
        status: z.enum(["running", "done", "failed"]),
        outcome: z.string().nullable(),
        output: z.record(z.string(), z.unknown()).nullable(),
        console: z.array(z.object({ level: z.string(), text: z.string() })),
        error: errorSchema.nullable(),
        startedAt: z.number(),
        endedAt: z.number().nullable(),
      }),
    ),
  })
  .openapi("Run");

/** The body of execute. */
export const executeSchema = strictBody({
  input: z.record(z.string(), z.unknown()).default({}).openapi({ description: "Values of definitions." }),
  user: z.string().min(1).max(320).optional().openapi({
    description: "With an API key only: the ID or name of the user to run as. Left out: nobody.",
  }),
  sessionId: z.string().min(1).max(128).optional().openapi({
    description:
      "With an API key only: calls of this client with the same one share a session, which codes are bound to. Left out: the run is a session of its own.",
  }),
  idempotencyKey: z.string().min(1).max(128).optional().openapi({
    description:
      "A repeated call of the same client and session with the same key gets the first call's run, or 409 once that is forgotten; its input is not compared.",
  }),
}).openapi("Execute");

/** The body of an answer. */
export const answerSchema = strictBody({
  outcome: z.enum(["answered", "resend", "dismissed"]).default("answered"),
  value: z.record(z.string(), z.unknown()).default({}).openapi({ description: "Values of the definitions asked for." }),
  answerId: z.string().min(1).max(128).openapi({ description: "Made by the caller: sent twice, it is taken once." }),
}).openapi("Answer");

/** One of {@link executionSchema}. */
export type Execution = z.output<typeof executionSchema>;
/** One of {@link runSchema}. */
export type Run = z.output<typeof runSchema>;
