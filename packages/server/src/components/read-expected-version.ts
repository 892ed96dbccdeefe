import type { ComponentStore } from "@onceflow/step-runtime";
import { ProblemError } from "../problems/problem-error.ts";

/**
 * The version that a PUT expects, from `If-Match: "3"`, `If-Match: *` or `If-None-Match: *` (RFC 9110, 13.1).
 *
 * @returns undefined when any version will do, 0 when there must be none yet
 * @throws ProblemError `malformed-header`, or `version-conflict` when `If-Match` can never hold
 */
export async function readExpectedVersion(
  { ifMatch, ifNoneMatch }: { ifMatch: string | undefined; ifNoneMatch: string | undefined },
  { id, components }: { id: string; components: ComponentStore },
): Promise<number | undefined> {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== "*") throw new ProblemError("malformed-header", "A PUT takes If-None-Match: * only.");
    return 0;
  }
  if (ifMatch === undefined) return undefined;
  if (ifMatch.trim() === "*") {
    const stored = await components.get(id);
    if (stored === null) throw new ProblemError("version-conflict", "There is no version of this component yet.");
    return stored.version;
  }
  const version = /^\s*"(\d{1,15})"\s*$/.exec(ifMatch)?.[1];
  if (version === undefined || Number(version) === 0) {
    throw new ProblemError("malformed-header", 'If-Match is the ETag of the version you changed, such as "3".');
  }
  return Number(version);
}
