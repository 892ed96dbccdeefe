import type { Context } from "hono";
import { matchedRoutes } from "hono/route";

/** The pattern of the route that answered, such as `/api/runs/:id`; `unmatched` when none did. */
export function matchedRoute(context: Context): string {
  return matchedRoutes(context).findLast(({ method }) => method !== "ALL")?.path ?? "unmatched";
}
