import { z } from "@hono/zod-openapi";

/** One mistake in what was sent: the same shape for requests and for components. */
export const problemIssueSchema = z
  .object({
    severity: z.enum(["error", "warning", "hint"]),
    code: z.string(),
    message: z.string(),
    pointer: z.string().openapi({ description: "JSON pointer (RFC 6901) into the body." }),
    line: z.number().int().optional(),
    column: z.number().int().optional(),
    dataflowId: z.string().optional(),
    stepId: z.string().optional(),
    fixes: z.array(z.string()).readonly().optional(),
  })
  .openapi("Issue");

/** The body of every error (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().openapi({ description: "A relative reference; what is there explains this kind of problem." }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().openapi({ description: "The id of this request, as it is in the log." }),
    code: z.string().openapi({ description: "Stable." }),
    issues: z.array(problemIssueSchema).optional(),
  })
  .openapi("Problem");

/** A mistake in what was sent. */
export type ProblemIssue = z.output<typeof problemIssueSchema>;
