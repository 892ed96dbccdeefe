import { z } from "@hono/zod-openapi";

/** A component's configuration. Its own schema ships with step-runtime as `component-1.schema.json`; here it stays open. */
export const componentDocumentSchema = z
  .looseObject({
    format: z.literal("onceflow/component"),
    formatVersion: z.literal(1),
    id: z.string(),
    name: z.union([z.string(), z.record(z.string(), z.string())]),
  })
  .openapi("Component");
