import type { Demo } from "../create-demo.ts";

interface SessionView {
  readonly csrfToken: string;
  readonly testMode: boolean;
}

/** What execute answered. */
interface Execution {
  readonly runId: string;
  readonly status: string;
  readonly response?: unknown;
  readonly responseStatus?: number;
  readonly definitions?: Readonly<Record<string, unknown>>;
  readonly modal?: {
    readonly id: string;
    readonly controls: readonly { readonly type: string; readonly value?: unknown }[];
    readonly token?: string;
  };
  readonly error?: unknown;
}

/** A browser at the demo, for tests: one session at a time. */
export interface DemoVisitor {
  /** The new session of this user and client. */
  signIn(userName: string | null, clientId?: string): Promise<SessionView>;
  /** Runs a dataflow of ForTestCode, unless another component is named. */
  run(dataflowId: string, input?: Readonly<Record<string, unknown>>, componentId?: string): Promise<Execution>;
  /** Answers the modal that a run waits with. */
  answer(asked: Execution, value: Readonly<Record<string, unknown>>): Promise<Execution>;
  /** Presses *Get code*. */
  getCode(): Promise<{ execution: Execution; shown: unknown }>;
  /** Types a code and presses *Confirm code*. */
  confirmCode(code: string): Promise<unknown>;
  request(path: string, init?: RequestInit): Promise<Response>;
}

/**
 * Opens the demo in a new browser.
 *
 * @param options.onAnswer told each address and the whole of its answer
 */
export async function visitDemo(
  { url }: Pick<Demo, "url">,
  { onAnswer }: { onAnswer?: (path: string, answer: Response) => Promise<void> } = {},
): Promise<DemoVisitor> {
  let cookie = "";
  let csrfToken = "";

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Cookie", cookie);
    // A connection that is kept may be closed by the server in the very moment of the next request.
    headers.set("Connection", "close");
    if (init.method !== undefined) headers.set("X-CSRF-Token", csrfToken);
    if (init.body !== undefined) headers.set("Content-Type", "application/json");
    const response = await fetch(url + path, { ...init, headers, redirect: "manual" });
    cookie = response.headers.get("Set-Cookie")?.split(";", 1)[0] ?? cookie;
    await onAnswer?.(path, response.clone());
    return response;
  }

  async function post(path: string, body: unknown): Promise<Execution> {
    const response = await request(path, { method: "POST", body: JSON.stringify(body) });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Execution;
  }

  const run: DemoVisitor["run"] = (dataflowId, input = {}, componentId = "for-test-code") =>
    post(`/api/components/${componentId}/dataflows/${dataflowId}/execute`, { input });

  const first = (await (await request("/api/session")).json()) as SessionView;
  csrfToken = first.csrfToken;
  return {
    request,
    run,
    answer: ({ runId, modal }, value) =>
      post(`/api/runs/${runId}/answers/${modal?.token}`, { value, answerId: crypto.randomUUID() }),
    async signIn(userName, clientId = "digital-workplace") {
      const response = await request("/api/session", { method: "POST", body: JSON.stringify({ userName, clientId }) });
      const session = (await response.json()) as SessionView;
      csrfToken = session.csrfToken;
      return session;
    },
    async getCode() {
      const execution = await run("get-code");
      return { execution, shown: execution.modal?.controls.find(({ type }) => type === "label")?.value };
    },
    async confirmCode(code) {
      return (await run("confirm-code", { ForTestCode: code })).response;
    },
  };
}
