import type { z } from "@hono/zod-openapi";

/** A JSON answer of a route, for its OpenAPI entry. */
export function jsonAnswer<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): { description: string; content: { "application/json": { schema: Schema } } } {
  return { description, content: { "application/json": { schema } } };
}
