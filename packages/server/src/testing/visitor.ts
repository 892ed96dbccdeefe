import type { Hono } from "hono";
import type { AppEnv } from "../app-env.ts";

type Headers = Readonly<Record<string, string>>;

/** A browser with a session: keeps its cookie and its CSRF token. */
export interface Visitor {
  readonly cookie: string;
  readonly csrfToken: string;
  get(path: string, headers?: Headers): Promise<Response>;
  post(path: string, body: unknown, headers?: Headers): Promise<Response>;
  put(path: string, body: unknown, headers?: Headers): Promise<Response>;
}

/** Opens a page of the server in a new browser. */
export async function visit(app: Hono<AppEnv>): Promise<Visitor> {
  const response = await app.request("/api/session");
  const cookie = (response.headers.get("Set-Cookie") ?? "").split(";", 1)[0] ?? "";
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const change = async (method: string, path: string, body: unknown, headers: Headers): Promise<Response> =>
    app.request(path, {
      method,
      headers: { Cookie: cookie, "X-CSRF-Token": csrfToken, "Content-Type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    cookie,
    csrfToken,
    get: async (path, headers = {}) => app.request(path, { headers: { Cookie: cookie, ...headers } }),
    post: (path, body, headers = {}) => change("POST", path, body, headers),
    put: (path, body, headers = {}) => change("PUT", path, body, headers),
  };
}
