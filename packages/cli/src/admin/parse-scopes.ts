import { type Scope, scopes } from "@onceflow/step-runtime";
import { UsageError } from "../usage.ts";

/**
 * Reads `--scopes a,b`.
 *
 * @throws UsageError for none or an unknown one
 */
export function parseScopes(text: string | undefined): readonly Scope[] {
  const names = new Set((text ?? "").split(",").map((name) => name.trim()));
  names.delete("");
  const known = scopes.filter((scope) => names.has(scope));
  if (known.length === 0 || known.length < names.size) {
    throw new UsageError(`Say what the key may do: --scopes with some of ${scopes.join(",")}.`);
  }
  return known;
}
