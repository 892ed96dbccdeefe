import { ProblemError } from "../problems/problem-error.ts";
import { etagOf } from "./etag-of.ts";

/** The problem of a change to a version that is not the newest any more; 0: there is none. */
export function versionConflict(newestVersion: number): ProblemError {
  return new ProblemError("version-conflict", "Load the component again, or save yours under another id.", {
    headers: newestVersion === 0 ? {} : { ETag: etagOf(newestVersion) },
  });
}
