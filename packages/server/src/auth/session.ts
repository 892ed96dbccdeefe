import type { Scope } from "@onceflow/step-runtime";

/** Who a session acts as. */
export interface SessionGrant {
  readonly clientId: string;
  /** The id of a user, or null for nobody. */
  readonly userId: string | null;
  readonly scopes: readonly Scope[];
}

/** A browser's session. Its cookie holds a token that is stored as a hash only. */
export interface Session extends SessionGrant {
  /** What runs and codes are bound to; it opens nothing. */
  readonly id: string;
  /** What a page sends with each change, in `X-CSRF-Token`. */
  readonly csrfToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}
