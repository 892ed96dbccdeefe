import { z } from "@hono/zod-openapi";

/** How the message about a key that is not allowed begins; the allowed ones follow. */
export const allowedKeys = "Allowed keys: ";

/** The schema of a body with these keys and no others; its message names them, and not what came instead. */
export function strictBody<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const message = `${allowedKeys}${Object.keys(shape).join(", ")}.`;
  return z.strictObject(shape, { error: ({ code }) => (code === "unrecognized_keys" ? message : undefined) });
}
