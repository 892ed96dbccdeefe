import type { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";

type Headers = Readonly<Record<string, string>>;

/** Whoever calls with an API key or a run token, and nothing else. */
export interface BearerCalls {
  readonly token: string;
  get(path: string, headers?: Headers): Promise<Response>;
  post(path: string, body: unknown, headers?: Headers): Promise<Response>;
  put(path: string, body: unknown, headers?: Headers): Promise<Response>;
}

/** Calls a server with a key or token in `Authorization`. */
export function callWith(app: Hono<AppEnv>, token: string): BearerCalls {
  const authorization = { Authorization: `Bearer ${token}` };
  const change = async (method: string, path: string, body: unknown, headers: Headers): Promise<Response> =>
    app.request(path, {
      method,
      headers: { ...authorization, "Content-Type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    token,
    get: async (path, headers = {}) => app.request(path, { headers: { ...authorization, ...headers } }),
    post: (path, body, headers = {}) => change("POST", path, body, headers),
    put: (path, body, headers = {}) => change("PUT", path, body, headers),
  };
}
