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
  };
  readonly error?: unknown;
}

/** A browser at the demo, for tests: one session at a time. */
export interface DemoVisitor {
  /** The new session of this user and client. */
  signIn(userName: string | null, clientId?: string): Promise<SessionView>;
  run(dataflowId: string, input?: Readonly<Record<string, unknown>>): Promise<Execution>;
  /** Presses *Get code*. */
  getCode(): Promise<{ execution: Execution; shown: unknown }>;
  /** Types a code and presses *Confirm code*. */
  confirmCode(code: string): Promise<unknown>;
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** Opens the demo in a new browser. */
export async function visitDemo({ url }: Pick<Demo, "url">): Promise<DemoVisitor> {
  let cookie = "";
  let csrfToken = "";

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Cookie", cookie);
    if (init.method !== undefined) headers.set("X-CSRF-Token", csrfToken);
    if (init.body !== undefined) headers.set("Content-Type", "application/json");
    const response = await fetch(url + path, { ...init, headers, redirect: "manual" });
    cookie = response.headers.get("Set-Cookie")?.split(";", 1)[0] ?? cookie;
    return response;
  }

  async function run(dataflowId: string, input: Readonly<Record<string, unknown>> = {}): Promise<Execution> {
    const path = `/api/components/for-test-code/dataflows/${dataflowId}/execute`;
    const response = await request(path, { method: "POST", body: JSON.stringify({ input }) });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Execution;
  }

  const first = (await (await request("/api/session")).json()) as SessionView;
  csrfToken = first.csrfToken;
  return {
    request,
    run,
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
