export { createServer } from "./create-server.ts";
export type { ServerOptions } from "./server-options.ts";
export type { AppEnv } from "./app-env.ts";

// auth: who calls
export { describeSession } from "./auth/describe-session.ts";
export type { SessionDescription } from "./auth/describe-session.ts";
export { fromForeignSite } from "./auth/from-foreign-site.ts";
export type { CallRates } from "./auth/limit-calls.ts";
export { createMemorySessionStore } from "./auth/memory-session-store.ts";
export type { Session, SessionGrant } from "./auth/session.ts";
export type { SessionStore } from "./auth/session-store.ts";
export { createSessions } from "./auth/sessions.ts";
export type { Sessions } from "./auth/sessions.ts";

// body: what a host's own routes read with
export { checkJsonText } from "./body/check-json-text.ts";
export { takeJson } from "./body/take-json.ts";

// log
export { createLog } from "./log/create-log.ts";
export type { Log } from "./log/log.ts";
export { logFailure } from "./log/log-failure.ts";

// metrics
export { createMetrics } from "./metrics/create-metrics.ts";
export type { Metrics, MetricsOptions } from "./metrics/create-metrics.ts";

// problems: how a host's own routes refuse
export { ProblemError } from "./problems/problem-error.ts";
export { problemKinds } from "./problems/problem-kinds.ts";
export type { ProblemCode, ProblemKind } from "./problems/problem-kinds.ts";
export type { ProblemIssue } from "./problems/problem-schema.ts";

// proof
export { createProofSigner } from "./proof/create-proof-signer.ts";
export type { ProofKey, ProofKeyRing } from "./proof/create-proof-signer.ts";
