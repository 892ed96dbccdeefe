import type { ProblemIssue } from "./problem-schema.ts";
import { type ProblemCode, problemKinds } from "./problem-kinds.ts";

/** Thrown by routes and middleware; answered as problem+json. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly issues: readonly ProblemIssue[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** @param detail what happened here and what to do; never a secret or an address */
  constructor(
    code: ProblemCode,
    detail: string,
    options: { issues?: readonly ProblemIssue[]; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.issues = options.issues;
    this.headers = options.headers ?? {};
  }
  /** The HTTP status of the answer. */
  get status(): (typeof problemKinds)[ProblemCode]["status"] {
    return problemKinds[this.code].status;
  }
}
