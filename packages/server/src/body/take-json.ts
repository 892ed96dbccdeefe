import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { readBody } from "./read-body.ts";

/** Reads a route's JSON body within its limits, for `bodyText` and for the validator of the route. */
export function takeJson({
  maxBytes,
  timeoutMs,
  check,
}: {
  maxBytes: number;
  timeoutMs: number;
  /** Throws what is wrong with the text; without it the text is taken as it is. */
  check?: (text: string) => void;
}): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const contentType = context.req.header("Content-Type") ?? "";
    if (
      !/^application\/json\s*(;|$)/i.test(contentType) ||
      (context.req.header("Content-Encoding") ?? "identity") !== "identity"
    ) {
      throw new ProblemError("wrong-content-type", "Send the body as application/json, uncompressed.");
    }
    const text = await readBody(context.req.raw, { maxBytes, timeoutMs });
    check?.(text);
    context.set("bodyText", text);
    // The stream is used up; whoever asks the request for its JSON gets this text.
    const { url, method } = context.req;
    const { headers, signal } = context.req.raw;
    context.req.raw = new Request(url, { method, headers, signal, body: text });
    await next();
  };
}
