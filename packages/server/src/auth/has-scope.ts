import type { Scope } from "@onceflow/step-runtime";
import type { Principal } from "./principal.ts";

/** Whether the sender of a request has this scope. */
export function hasScope(principal: Principal, scope: Scope): boolean {
  switch (principal.type) {
    case "session":
      return principal.session.scopes.includes(scope);
    case "api-key":
      return principal.scopes.includes(scope);
    case "run-token":
      // It comes as far as its own run only, see authenticate().
      return scope === "execute";
  }
}
