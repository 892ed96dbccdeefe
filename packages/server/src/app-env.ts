import type { Principal } from "./auth/principal.ts";
import type { Log } from "./log/log.ts";

/** What the middleware of the server leaves for its routes. */
export interface AppEnv {
  Variables: {
    /** A UUID. */
    requestId: string;
    /** Writes the request's id with every line. */
    log: Log;
    /** Set on every route under /api. */
    principal: Principal;
    /** The body as it arrived, on routes that read one. */
    bodyText: string;
  };
}
