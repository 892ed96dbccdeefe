/** Every kind of problem this server answers with; the key is the stable `code`. */
export const problemKinds = {
  "malformed-body": { status: 400, title: "The body cannot be read" },
  "too-deep": { status: 400, title: "The body is nested too deeply" },
  "forbidden-key": { status: 400, title: "The body has a key that is not allowed" },
  "malformed-header": { status: 400, title: "A header cannot be read" },
  "no-session": { status: 401, title: "There is no session" },
  "wrong-credentials": { status: 401, title: "The API key or run token is wrong or over" },
  "csrf-refused": { status: 403, title: "The CSRF token is missing or wrong" },
  "foreign-origin": { status: 403, title: "The request comes from another site" },
  "missing-scope": { status: 403, title: "The caller may not do this" },
  forbidden: { status: 403, title: "These credentials do not open this route" },
  "unknown-route": { status: 404, title: "There is no such route" },
  "unknown-component": { status: 404, title: "There is no such component" },
  "unknown-version": { status: 404, title: "There is no such version of the component" },
  "unknown-dataflow": { status: 404, title: "There is no such dataflow" },
  "unknown-user": { status: 404, title: "There is no such user" },
  "unknown-run": { status: 404, title: "There is no such run" },
  "unknown-question": { status: 404, title: "The run asks no such question" },
  "unknown-problem": { status: 404, title: "There is no such kind of problem" },
  "method-not-allowed": { status: 405, title: "The route does not take this method" },
  "body-too-slow": { status: 408, title: "The body took too long to arrive" },
  "not-published": { status: 409, title: "No version of the component is published" },
  "idempotency-key-reused": { status: 409, title: "The idempotency key belongs to another call" },
  "idempotency-key-spent": { status: 409, title: "The run of the idempotency key is over and forgotten" },
  "answer-expired": { status: 409, title: "The question is no longer open" },
  "version-conflict": { status: 412, title: "Somebody else changed the component" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "wrong-content-type": { status: 415, title: "The body has the wrong content type" },
  "wrong-host": { status: 421, title: "This server does not answer for that host" },
  "invalid-request": { status: 422, title: "The request does not have the right shape" },
  "caller-in-body": { status: 422, title: "The caller comes from the session" },
  "unknown-caller": { status: 422, title: "There is no such user to run as" },
  "invalid-component": { status: 422, title: "The component has errors" },
  "invalid-answer": { status: 422, title: "The answer does not fit the question" },
  "too-many-requests": { status: 429, title: "Too many calls" },
  "internal-error": { status: 500, title: "Something went wrong on the server" },
  "store-unavailable": { status: 503, title: "The database cannot be reached" },
  "not-ready": { status: 503, title: "The server is not ready" },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** The status and the title of a kind of problem (RFC 9457). */
export interface ProblemKind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 412 | 413 | 415 | 421 | 422 | 429 | 500 | 503;
  readonly title: string;
}

/** A key of {@link problemKinds}. */
export type ProblemCode = keyof typeof problemKinds;
