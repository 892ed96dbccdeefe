import { hasScope } from "../auth/has-scope.ts";
import type { Principal } from "../auth/principal.ts";

/**
 * Whether the sender of a request sees what the steps of a run made: a client's program, and whoever may write components
 * or operate the server. An end user does not: Get user info tells whether a name is known, and whose it is.
 */
export function seesOutputs(principal: Principal): boolean {
  return principal.type === "api-key" || hasScope(principal, "author") || hasScope(principal, "operate");
}
