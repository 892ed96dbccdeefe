import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { newKeyRingText } from "@onceflow/one-time-code";
import {
  createPostgresApiKeys,
  createPostgresClients,
  createPostgresComponentStore,
  openDatabase,
} from "@onceflow/storage";
import { askingComponent } from "./components.ts";

/** A server in a process of its own that serves the component that asks. */
export interface AskingServer {
  /** Runs the component until it waits, answers, and returns the microseconds from the answer to its response. */
  answer(): Promise<number>;
  close(): Promise<void>;
}

/** Starts the server on an empty database, as `onceflow serve` does, with a client that has an API key. */
export async function serveAsking(databaseUrl: string): Promise<AskingServer> {
  const order = JSON.stringify({ databaseUrl, keyRing: newKeyRingText() });
  const server = fork(join(import.meta.dirname, "serve-process.ts"), [order], {
    execArgv: ["--conditions=source"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [url] = (await once(server, "message")) as [string];
  const key = await addComponent(databaseUrl);
  const post = async (path: string, bearer: string, body: object): Promise<Execution> => {
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Execution;
  };
  return {
    async answer() {
      // Execute answers once the run waits, so that nothing of its beginning is left to do.
      const asked = await post("/api/components/bench/dataflows/main/execute", key, {});
      if (asked.status !== "suspended") throw new Error(`The run is ${asked.status}.`);
      const body = { value: { Name: "Zaphod" }, answerId: "answer-1" };
      const path = `/api/runs/${asked.runId}/answers/${asked.modal?.token}`;
      // As an end user's page does it: with the run token, and what the POST itself answers is the response.
      const start = process.hrtime.bigint();
      const answered = await post(path, asked.runToken ?? "", body);
      const us = Number(process.hrtime.bigint() - start) / 1000;
      if (answered.status !== "completed" || answered.response?.name !== "Zaphod")
        throw new Error("The answer was lost.");
      return us;
    },
    async close() {
      server.send("stop");
      await once(server, "exit");
    },
  };
}

/** The part of an execution that is read here. */
interface Execution {
  readonly runId: string;
  readonly status: string;
  readonly runToken?: string;
  readonly modal?: { readonly token: string };
  readonly response?: { readonly name?: string };
}

async function addComponent(databaseUrl: string): Promise<string> {
  const database = await openDatabase({ url: databaseUrl });
  const tenant = { tenant: "default" };
  const components = createPostgresComponentStore(database, tenant);
  await components.put(askingComponent);
  await components.publish(askingComponent.id, 1);
  await createPostgresClients(database, tenant).put({ id: "shop", name: "Shop", test: false });
  const { key } = await createPostgresApiKeys(database, tenant).create({ clientId: "shop", scopes: ["execute"] });
  await database.close();
  return key;
}
