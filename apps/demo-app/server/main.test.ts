import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startStoppableServer } from "@onceflow/storage/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { visitDemo } from "./testing/demo-visitor.ts";

const cli = fileURLToPath(new URL("bin/onceflow.js", import.meta.resolve("@onceflow/cli/package.json")));
const main = fileURLToPath(new URL("main.ts", import.meta.url));

function start(environment: Readonly<Record<string, string>>): {
  child: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
} {
  const folder = mkdtempSync(join(tmpdir(), "onceflow-demo-"));
  // The database's own user goes through here.
  chmodSync(folder, 0o755);
  const child = spawn(process.execPath, ["--conditions=source", main], {
    env: { PATH: process.env["PATH"], DATA_DIR: join(folder, "data"), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill());
  let text = "";
  child.stdout?.on("data", (chunk) => (text += String(chunk)));
  child.stderr?.on("data", (chunk) => (text += String(chunk)));
  return { child, output: () => text, exit: new Promise((resolve) => child.once("exit", resolve)) };
}

async function until(holds: () => boolean, child: ChildProcess): Promise<void> {
  while (!holds() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("npm start", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("prints where to click, and ends well on %s", async (signal) => {
    const { child, output, exit } = start({ PORT: "0" });
    await until(() => output().includes("Ctrl+C"), child);
    expect(output()).toMatch(/Designer +http:\/\/127\.0\.0\.1:\d+\//);
    expect(output()).toContain("/run/for-test-code");
    child.kill(signal);
    expect(await exit).toBe(0);
  });

  it("ends what it began, on Ctrl+C during the start", async () => {
    const folder = mkdtempSync(join(tmpdir(), "onceflow-demo-"));
    chmodSync(folder, 0o755);
    const { child, output, exit } = start({ PORT: "0", DATA_DIR: join(folder, "data") });
    const postmaster = join(folder, "data/postgres/cluster/postmaster.pid");
    await until(() => existsSync(postmaster), child);
    expect(output()).not.toContain("Ctrl+C");
    // From the terminal, and again from the package manager.
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect(await exit).toBe(0);
    expect(output()).not.toContain("Ctrl+C");
    expect(existsSync(postmaster)).toBe(false);
  });

  it("logs no request and no code below where to click", async () => {
    const { child, output, exit } = start({ PORT: "0" });
    await until(() => output().includes("Ctrl+C"), child);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? "";
    const code = String((await (await visitDemo({ url })).getCode()).shown);
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
    expect(code).toMatch(/^\d{6}$/);
    expect(output()).not.toContain('"msg":"request"');
    expect(output()).not.toContain(code);
    expect(output()).not.toContain("demo@example.test");
  });

  it("loses nothing when it is killed, starts clean after it, and serves a data folder once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "onceflow-demo-"));
    chmodSync(folder, 0o755);
    const environment = { PORT: "0", DATA_DIR: join(folder, "data") };
    const first = start(environment);
    await until(() => first.output().includes("Ctrl+C"), first.child);
    const urlOf = (output: string) => ({ url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "" });
    const visitor = await visitDemo(urlOf(first.output()));
    const path = "/api/components/for-test-code";
    const stored = await visitor.request(path);
    const document = { ...((await stored.json()) as object), name: "Saved before the crash" };
    const headers = { "If-Match": stored.headers.get("ETag") ?? "" };
    expect((await visitor.request(path, { method: "PUT", body: JSON.stringify(document), headers })).status).toBe(200);

    const beside = start(environment);
    expect(await beside.exit).toBe(1);
    expect(beside.output()).toContain("Another process already serves the data folder");

    first.child.kill("SIGKILL");
    await first.exit;
    const second = start(environment);
    await until(() => second.output().includes("Ctrl+C"), second.child);
    expect(second.output()).not.toContain("New keys");
    const after = await visitDemo(urlOf(second.output()));
    expect(await (await after.request(path)).json()).toMatchObject({ name: "Saved before the crash" });
    const { shown } = await after.getCode();
    expect(await after.confirmCode(String(shown))).toMatchObject({ confirmed: true });
    second.child.kill("SIGTERM");
    expect(await second.exit).toBe(0);
  });

  it("takes the key that onceflow makes beside it: a program runs a dataflow for a user, who answers with the run token", async () => {
    const folder = mkdtempSync(join(tmpdir(), "onceflow-demo-"));
    chmodSync(folder, 0o755);
    const environment = { PORT: "0", DATA_DIR: join(folder, "data") };
    const { child, output, exit } = start(environment);
    await until(() => output().includes("Ctrl+C"), child);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? "";
    const onceflow = async (...args: readonly string[]) =>
      (await promisify(execFile)(process.execPath, [cli, ...args], { env: environment })).stdout.trim();
    const key = await onceflow("client", "add", "shop", "--scopes", "execute,operate");
    const call = async (path: string, bearer: string, body?: object) =>
      fetch(url + path, {
        headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      });
    const signIn = "/api/components/sign-in-with-mailed-code/dataflows/sign-in/execute";
    const asks = await call(signIn, key, { input: { UserName: "alice" }, user: "alice", sessionId: "cart-7" });
    expect(asks.status).toBe(200);
    const { runId, runToken, modal, status } = (await asks.json()) as {
      runId: string;
      runToken: string;
      status: string;
      modal: { token: string };
    };
    expect(status).toBe("suspended");
    const mailed = async () => (await (await fetch(`${url}/inbox.json`)).json()) as { text: string }[];
    let mails = await mailed();
    while (mails.length === 0) mails = await mailed();
    const Code = /\b\d{8}\b/.exec(mails[0]?.text ?? "")?.[0] ?? "";
    const answer = { value: { Code }, answerId: "a-1" };
    const answered = await call(`/api/runs/${runId}/answers/${modal.token}`, runToken, answer);
    const { response } = (await answered.json()) as { response: { confirmed: boolean; proof: string } };
    expect(response).toEqual({ confirmed: true, proof: expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{86}$/) });
    expect((await call("/api/users", runToken)).status).toBe(403);
    const users = await (await call("/api/users", key)).text();
    expect(users).toContain("a•••@example.test");
    expect(users).not.toContain("alice@example.test");

    const keyId = key.split("_")[1] ?? "";
    await onceflow("client", "revoke", keyId);
    expect((await call("/api/users", key)).status).toBe(401);
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
    for (const secret of [key, key.slice(26), runToken, Code, response.proof.slice(-86)])
      expect(output()).not.toContain(secret);
  });

  it("says when the port is in use, without a stack", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { output, exit } = start({ PORT: String((taken.address() as AddressInfo).port) });
    expect(await exit).toBe(1);
    expect(output()).toMatch(/^Port \d+ is in use\..*PORT=\d+ npm start\n$/);
    taken.close();
  });

  it("waits for a database that is not up yet, says so without its password, and starts once it is", async () => {
    const server = await startStoppableServer();
    onTestFinished(() => server.close());
    await server.stop("fast");
    const { child, output, exit } = start({ PORT: "0", DATABASE_URL: server.url });
    await until(() => output().includes("trying again"), child);
    expect(output()).toMatch(/^No database answers at 127\.0\.0\.1:\d+\/postgres yet; trying again in 0\.3 s\.$/m);
    await server.start();
    await until(() => output().includes("Ctrl+C"), child);
    expect(output()).toContain("Designer");
    expect(output()).not.toContain(new URL(server.url).password);
    child.kill("SIGTERM");
    expect(await exit).toBe(0);

    const url = new URL(server.url);
    url.password = "wrong-password";
    const refused = start({ PORT: "0", DATABASE_URL: url.href });
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toMatch(/^The database at \S+ refuses this user, password or database name \(28P01\)\./m);
    expect(refused.output()).not.toContain("wrong-password");
    expect(refused.output()).not.toContain("    at ");
  });

  it("does not start in production", async () => {
    const { output, exit } = start({ PORT: "0", NODE_ENV: "production" });
    expect(await exit).toBe(1);
    expect(output()).toMatch(/^Test mode shows one-time codes/);
  });
});
