import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Clock } from "@onceflow/step-runtime";
import { randomToken } from "./random-token.ts";
import type { Session, SessionGrant } from "./session.ts";
import type { SessionStore } from "./session-store.ts";
import { sha256 } from "./sha256.ts";

/** The cookie sessions of a server. */
export interface Sessions {
  /** The session of the request's cookie; null when there is none or it is over. */
  find(context: Context): Promise<Session | null>;
  /** Starts a session in place of the one the request has: new id, new token, new CSRF token. */
  start(context: Context, grant: SessionGrant): Promise<Session>;
}

/**
 * Sessions in httpOnly SameSite=Lax cookies over a store.
 *
 * @param options.https marks the cookie Secure and binds it to the host
 * @param options.lifetimeSeconds from the start of the session, @default 43200
 */
export function createSessions({
  store,
  clock,
  https = false,
  lifetimeSeconds = 43_200,
}: {
  store: SessionStore;
  clock: Clock;
  https?: boolean;
  lifetimeSeconds?: number;
}): Sessions {
  const cookieName = https ? "__Host-onceflow_session" : "onceflow_session";
  return {
    async find(context) {
      const token = getCookie(context, cookieName);
      if (token === undefined) return null;
      const session = await store.get(sha256(token));
      return session !== null && clock.now() < session.expiresAt ? session : null;
    },
    async start(context, { clientId, userId, scopes }) {
      const before = getCookie(context, cookieName);
      if (before !== undefined) await store.delete(sha256(before));
      const token = randomToken();
      const session: Session = {
        id: randomToken(),
        csrfToken: randomToken(),
        clientId,
        userId,
        scopes: [...scopes],
        expiresAt: clock.now() + lifetimeSeconds * 1000,
      };
      await store.put(sha256(token), session);
      setCookie(context, cookieName, token, { httpOnly: true, sameSite: "Lax", path: "/", secure: https });
      return session;
    },
  };
}
