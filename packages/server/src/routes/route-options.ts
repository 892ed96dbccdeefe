import type { RunTokens } from "../auth/run-tokens.ts";
import type { ServerOptions } from "../server-options.ts";

/** The options of a server with their defaults, and what is made of them. */
export type RouteOptions = Required<ServerOptions> & { readonly runTokens: RunTokens };
