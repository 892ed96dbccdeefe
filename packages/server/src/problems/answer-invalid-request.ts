import type { Hook } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "./problem-error.ts";

/** Answers a request that its route's schema refuses with a 422 problem that points at each mistake. */
export const answerInvalidRequest: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return;
  const named = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );
  const issues = result.error.issues.map((issue) => ({
    severity: "error" as const,
    code: issue.code,
    message: issue.message,
    pointer: issue.path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  }));
  if (named.includes("user") || named.includes("sessionId")) {
    throw new ProblemError("caller-in-body", "Leave out user and sessionId: this session runs as its own user.", {
      issues,
    });
  }
  throw new ProblemError("invalid-request", "Mend what the issues name and send the request again.", { issues });
};
