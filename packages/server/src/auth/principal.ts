import type { Scope } from "@onceflow/step-runtime";
import type { Session } from "./session.ts";

/** Who sent a request: a browser with a session, a client's program, or whoever was handed the token of one run. */
export type Principal =
  | { readonly type: "session"; readonly session: Session }
  | { readonly type: "api-key"; readonly keyId: string; readonly clientId: string; readonly scopes: readonly Scope[] }
  | { readonly type: "run-token"; readonly runId: string };
