import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { createDataFolder } from "../testing/data-folder.ts";

const bin = fileURLToPath(new URL("../../bin/onceflow.js", import.meta.url));

const greeting = {
  format: "onceflow/component",
  formatVersion: 1,
  id: "greeting",
  name: "Greeting",
  definitions: [{ name: "UserName", type: "string", title: "Name" }],
  page: { controls: [{ type: "button", label: "Greet", dataflow: "greet" }] },
  modals: [
    {
      id: "who",
      title: "Who is there?",
      controls: [
        { type: "text-field", label: "Name", definition: "UserName" },
        { type: "button", label: "Send", action: "submit" },
      ],
    },
  ],
  dataflows: [
    {
      id: "greet",
      name: "Greet",
      stages: [
        {
          id: "ask",
          name: "Ask",
          steps: [
            { id: "model", type: "get-action-model", name: "Get action model" },
            {
              id: "who",
              type: "show-modal",
              name: "Ask",
              sources: ["model"],
              settings: { modal: "who", mode: "ask", timeoutSeconds: 3600 },
            },
            {
              id: "reply",
              type: "write-response",
              name: "Write response",
              sources: ["who.answered"],
              settings: { value: { name: { $path: "data.UserName" } } },
            },
          ],
        },
      ],
    },
  ],
};

const reminder = {
  format: "onceflow/component",
  formatVersion: 1,
  id: "reminder",
  name: "Reminder",
  definitions: [],
  templates: [{ id: "hello", subject: "Hello", text: "Hello" }],
  dataflows: [
    {
      id: "remind",
      name: "Remind",
      stages: [
        {
          id: "send",
          name: "Send",
          steps: [
            { id: "model", type: "get-action-model", name: "Get action model" },
            {
              id: "mail",
              type: "send-templated-notification",
              name: "Send",
              sources: ["model"],
              settings: { userName: "eva", template: "hello", renderType: "text" },
            },
            { id: "reply", type: "write-response", name: "Write response", sources: ["mail"] },
          ],
        },
      ],
    },
  ],
};

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
}

/** A folder with keys, and servers on it. */
async function createPlace() {
  const folder = createDataFolder();
  onTestFinished(() => folder.remove());
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [bin, "serve", ...args], {
      env: { PATH: process.env["PATH"], DATA_DIR: folder.dataDir, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    child.stdout.on("data", (chunk) => (text += String(chunk)));
    child.stderr.on("data", (chunk) => (text += String(chunk)));
    onTestFinished(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    });
    return { child, output: () => text };
  };
  return {
    ...folder,
    /** What became of a server that does not start. */
    async refused(args: readonly string[], env?: Readonly<Record<string, string>>) {
      const { child, output } = start(args, env);
      await once(child, "close");
      return { exitCode: child.exitCode, output: output() };
    },
    start,
    async started(env?: Readonly<Record<string, string>>): Promise<Serving> {
      const { child, output } = start([...(env === undefined ? ["--test-mode"] : []), "--port", "0"], env);
      const gone = once(child, "exit");
      for (;;) {
        const [, url] = /listens at (http:\/\/127\.0\.0\.1:\d+);/.exec(output()) ?? [];
        if (url !== undefined) return { child, url, output };
        if (child.exitCode !== null) throw new Error(output());
        await Promise.race([gone, once(child.stderr, "data")]);
      }
    },
  };
}

/** A mail server that takes connections and says nothing; resolves with its address and its first connection. */
async function startSilentMailServer() {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => void sockets.add(socket.on("error", () => undefined)));
  const connected = once(server, "connection");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, connected };
}

async function call(url: string, bearer: string, init: { method: string; body?: object }) {
  const response = await fetch(url, {
    method: init.method,
    headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("onceflow serve", () => {
  it("keeps a waiting run over kill -9 and takes its answer; onceflow run shows and cancels runs beside it", async () => {
    const place = await createPlace();
    expect((await place.call(["key", "new"])).exitCode).toBe(0);
    expect((await place.call(["key", "new"])).exitCode).toBe(1);
    const first = await place.started();
    const author = (await place.call(["client", "add", "editor", "--scopes", "author"])).stdout.trim();
    const program = (await place.call(["client", "add", "shop", "--scopes", "execute"])).stdout.trim();
    const component = `${first.url}/api/components/greeting`;
    expect((await fetch(component)).status).toBe(401);
    expect(await call(component, author, { method: "PUT", body: greeting })).toMatchObject({ status: 201 });
    expect(await call(`${component}/publish`, author, { method: "POST" })).toMatchObject({ status: 200 });
    const execute = () => call(`${component}/dataflows/greet/execute`, program, { method: "POST", body: {} });
    const asked = (await execute()).body as { runId: string; runToken: string; modal: { token: string } };
    const other = (await execute()).body as { runId: string };
    expect(asked).toMatchObject({ status: "suspended" });

    const listed = await place.call(["run", "list", "--status", "suspended", "--component", "greeting", "--json"]);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ runId: other.runId }, { runId: asked.runId }]);
    expect((await place.call(["run", "list", "--limit", "1"])).stdout).toMatch(
      /^\S+ suspended greeting\/greet shop \S+\n$/,
    );
    expect((await place.call(["run", "cancel", other.runId])).exitCode).toBe(0);
    await call(`${first.url}/api/runs/${other.runId}/cancel`, program, { method: "POST" });
    const shown = await place.call(["run", "show", other.runId, "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      status: "cancelled",
      steps: [{ stepId: "model", outcome: "ok" }, {}],
    });
    expect(await place.call(["run", "cancel", other.runId])).toMatchObject({ exitCode: 1 });
    expect(await place.call(["run", "show", "none"])).toMatchObject({ exitCode: 1, stdout: "" });

    const beside = await place.refused(["--test-mode", "--port", "0"]);
    expect(beside).toMatchObject({ exitCode: 1, output: expect.stringContaining("Another process already serves") });

    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    const second = await place.started();
    const answer = { value: { UserName: "Eva-4711" }, answerId: "a-1" };
    const path = `${second.url}/api/runs/${asked.runId}/answers/${asked.modal.token}`;
    const answered = await call(path, asked.runToken, { method: "POST", body: answer });
    expect(answered).toMatchObject({ status: 200, body: { status: "completed", response: { name: "Eva-4711" } } });
    const over = await place.call(["run", "show", asked.runId]);
    expect(over.stdout).toMatch(/completed\n[^]*- who answered/);
    expect(over.stdout).not.toContain("4711");

    second.child.kill("SIGTERM");
    await once(second.child, "exit");
    expect(second.child.exitCode).toBe(0);
    expect(second.output()).not.toContain("    at ");
  });

  it("is not needed to look at runs: the database starts for so long", async () => {
    const place = await createPlace();
    expect(await place.call(["run", "list"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("key new"),
    });
    await place.call(["key", "new"]);
    expect((await place.call(["run", "list"])).exitCode).toBe(0);
    expect(await place.call(["run", "list", "--json"])).toMatchObject({ exitCode: 0, stdout: "[]\n" });
  });

  it("answers no request while it ends, and does not wait for a mail server that says nothing", async () => {
    const place = await createPlace();
    await place.call(["key", "new"]);
    const mailServer = await startSilentMailServer();
    const serving = await place.started({ SMTP_URL: mailServer.url, MAIL_FROM: "codes@example.test" });
    const notice = `PUBLIC_URL is not set, so links in mails begin with ${serving.url}`;
    expect(serving.output()).toContain(notice);
    const key = (await place.call(["client", "add", "shop", "--scopes", "author,execute"])).stdout.trim();
    await place.call(["user", "add", "eva", "--email", "eva@example.test"]);
    const component = `${serving.url}/api/components/reminder`;
    expect(await call(component, key, { method: "PUT", body: reminder })).toMatchObject({ status: 201 });
    expect(await call(`${component}/publish`, key, { method: "POST" })).toMatchObject({ status: 200 });
    const execute = () => call(`${component}/dataflows/remind/execute`, key, { method: "POST", body: {} });
    expect(await execute()).toMatchObject({ status: 200, body: { status: "completed" } });
    await mailServer.connected;

    serving.child.kill("SIGTERM");
    // Until nobody takes a connection any more.
    const statuses: number[] = [];
    const next = () => execute().catch(() => null);
    for (let answer = await next(); answer !== null; answer = await next()) statuses.push(answer.status);
    if (serving.child.exitCode === null) await once(serving.child, "exit");
    expect(serving.child.exitCode).toBe(0);
    expect(statuses.filter((status) => status >= 500 && status !== 503)).toEqual([]);
    expect(serving.output()).not.toContain('"level":50');
    expect(serving.output()).not.toContain("eva@example.test");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends what it began, on %s during the start", async (signal) => {
    const place = await createPlace();
    await place.call(["key", "new"]);
    const postmaster = join(place.dataDir, "postgres/cluster/postmaster.pid");
    const { child, output } = place.start(["--test-mode", "--port", "0"]);
    await expect.poll(() => existsSync(postmaster), { interval: 5 }).toBe(true);
    expect(output()).not.toContain("listens");
    // As package managers do, which pass on what the terminal sends to everybody.
    child.kill(signal);
    child.kill(signal);
    await once(child, "exit");
    expect(child.exitCode).toBe(0);
    expect(output()).not.toContain("listens");
    expect(existsSync(postmaster)).toBe(false);
  });

  it("ends when it is told to while it waits for a database", async () => {
    const place = await createPlace();
    await place.call(["key", "new"]);
    const { child, output } = place.start(["--test-mode", "--port", "0"], {
      DATABASE_URL: "postgres://127.0.0.1:9/codes",
    });
    await expect.poll(output).toContain("trying again");
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(child.exitCode).toBe(0);
  });

  it("says in one line why it does not start", async () => {
    const place = await createPlace();
    const line = async (args: readonly string[], env?: Readonly<Record<string, string>>) => {
      const { exitCode, output } = await place.refused(args, env);
      expect(exitCode).toBe(1);
      expect(output).toMatch(/^onceflow: [^\n]+\n$/);
      return output;
    };
    expect(await line(["--port", "0"])).toContain("SMTP_URL is not set");
    expect(await line(["--port", "0"], { SMTP_URL: "smtp://127.0.0.1:25" })).toContain("MAIL_FROM");
    expect(await line(["--port", "0", "--test-mode"])).toContain("onceflow key new");
    expect(await line(["--test-mode"], { PUBLIC_URL: "https://codes.example.com" })).toContain("codes.example.com");
    expect(await line(["--test-mode"], { TRUSTED_PROXIES: "127.0.0.1,nginx" })).toContain(
      'TRUSTED_PROXIES has the entry "nginx"',
    );
    expect(await line(["--test-mode"], { NODE_ENV: "production" })).toContain("NODE_ENV=production");
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    expect(await line(["--test-mode", "--port", String(port)])).toContain(`Port ${port} is in use`);
    expect((await place.refused(["--port", "http"])).exitCode).toBe(2);
  });
});
