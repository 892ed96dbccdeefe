import type { Scope } from "@onceflow/step-runtime";

/** Whom a route is open to, for its OpenAPI entry: sessions and API keys with one of these scopes. */
export function securityOf(...scopes: readonly Scope[]): Record<string, string[]>[] {
  return scopes.flatMap((scope) => [{ session: [scope] }, { apiKey: [scope] }]);
}
