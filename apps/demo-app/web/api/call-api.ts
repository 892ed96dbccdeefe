import { readProblem } from "./api-problem.ts";

/** A call of the server's API. */
export interface ApiCall {
  readonly method?: "GET" | "POST" | "PUT";
  /** Of the session; every change needs it. */
  readonly csrfToken?: string;
  /** JSON text. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls the API in the page's session.
 *
 * @throws ApiProblem when the server refuses
 */
export async function callApi(
  path: string,
  { method = "GET", csrfToken, body, headers, signal }: ApiCall = {},
): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(csrfToken === undefined ? {} : { "X-CSRF-Token": csrfToken }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await readProblem(response);
  return response;
}
