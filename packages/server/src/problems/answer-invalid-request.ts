import type { Hook } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { allowedKeys } from "../body/strict-body.ts";
import { ProblemError } from "./problem-error.ts";

/**
 * Answers a request that its route's schema refuses with a 422 problem that points at each mistake. It repeats no value
 * and no unknown key: a code typed into the wrong place may be either.
 */
export const answerInvalidRequest: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return;
  const named = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );
  const issues = result.error.issues.map((issue) => ({
    severity: "error" as const,
    code: issue.code,
    message: issue.code === "unrecognized_keys" ? aboutKeys(issue.message) : issue.message,
    pointer: issue.path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  }));
  if (named.includes("user") || named.includes("sessionId")) {
    throw new ProblemError("caller-in-body", "Leave out user and sessionId: execute takes them, with an API key.", {
      issues,
    });
  }
  throw new ProblemError("invalid-request", "Mend what the issues name and send the request again.", { issues });
};

/** The message of `strictBody`, but never zod's own, which quotes what came. */
function aboutKeys(message: string): string {
  return message.startsWith(allowedKeys) ? message : "There is a key here that is not allowed.";
}
