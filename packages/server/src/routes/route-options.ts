import type { ServerOptions } from "../server-options.ts";

/** The options of a server with their defaults. */
export type RouteOptions = Required<ServerOptions>;
