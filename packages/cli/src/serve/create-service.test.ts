import { newKeyRingText } from "@onceflow/one-time-code";
import { createLog } from "@onceflow/server";
import { findEmbeddedPostgres, openDatabase } from "@onceflow/storage";
import { expect, it, onTestFinished } from "vitest";
import { createDataFolder } from "../testing/data-folder.ts";
import { createService } from "./create-service.ts";
import { parseTrustedProxies } from "./parse-trusted-proxies.ts";

/** A promise and what resolves it. */
function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

it("counts callers by the address that a trusted proxy tells", async () => {
  const folder = createDataFolder();
  const service = await createService({
    port: 0,
    testMode: true,
    dataDir: folder.dataDir,
    keyRing: newKeyRingText(),
    callRates: { network: 1, apiKey: 1 },
    trustedProxies: parseTrustedProxies("127.0.0.0/8"),
  });
  onTestFinished(async () => {
    await service.close();
    folder.remove();
  });
  const statusFor = async (forwardedFor: string) => {
    const headers = { "X-Forwarded-For": forwardedFor };
    return (await fetch(`${service.url}/api/components`, { headers })).status;
  };
  expect(await statusFor("203.0.113.7")).toBe(401);
  expect(await statusFor("198.51.100.1, 203.0.113.7")).toBe(429);
  expect(await statusFor("203.0.113.8")).toBe(401);
});

it("lets a request that is under way finish when it closes, and has all open that it needs for so long", async () => {
  const folder = createDataFolder();
  onTestFinished(() => folder.remove());
  const [begun, enough] = [createGate(), createGate()];
  const service = await createService({
    port: 0,
    testMode: true,
    dataDir: folder.dataDir,
    keyRing: newKeyRingText(),
    host: async ({ users }) => ({
      visitor: { clientId: "portal", userId: null, scopes: [] },
      addRoutes: (app) =>
        app.get("/slow", async (context) => {
          begun.open();
          await enough.opened;
          return context.json(await users.find("nobody"));
        }),
    }),
  });
  const slow = fetch(`${service.url}/slow`);
  await begun.opened;
  const closed = service.close();
  await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  enough.open();
  expect((await slow).status).toBe(200);
  await closed;
});

it("closes what it opened when it is told to stop while it starts", async () => {
  const folder = createDataFolder();
  onTestFinished(() => folder.remove());
  const stop = new AbortController();
  const start = createService({
    port: 0,
    testMode: true,
    dataDir: folder.dataDir,
    keyRing: newKeyRingText(),
    signal: stop.signal,
    host: async () => {
      stop.abort(new Error("Stop."));
      return { visitor: { clientId: "portal", userId: null, scopes: [] }, addRoutes: () => {} };
    },
  });
  await expect(start).rejects.toThrow("Stop.");
  expect(await findEmbeddedPostgres(folder.dataDir)).toBeNull();
});

it("tells of mails that cannot be sent by name, code and place, and by nothing that is in them", async () => {
  const folder = createDataFolder();
  const log: string[] = [];
  const service = await createService({
    port: 0,
    testMode: true,
    dataDir: folder.dataDir,
    keyRing: newKeyRingText(),
    mail: { url: "smtp://127.0.0.1:9", from: "codes@example.test" },
    log: createLog({ destination: { write: (line) => void log.push(line) } }),
  });
  onTestFinished(async () => {
    await service.close();
    folder.remove();
  });
  const database = await openDatabase({ url: (await findEmbeddedPostgres(folder.dataDir))?.url ?? "" });
  onTestFinished(() => database.close());
  await database.pool.query("ALTER TABLE onceflow.outbox RENAME TO outbox_away");
  await expect.poll(() => log.join("")).toContain("sending mails failed");
  await database.pool.query("ALTER TABLE onceflow.outbox_away RENAME TO outbox");
  expect(JSON.parse(log.find((line) => line.includes("sending mails failed")) ?? "")).toEqual({
    level: 50,
    time: expect.any(String) as unknown,
    errorName: "error",
    errorCode: expect.stringMatching(/^42/) as unknown,
    frames: expect.arrayContaining([expect.stringContaining("postgres-outbox")]) as unknown,
    msg: "sending mails failed",
  });
});
