import { newKeyRingText } from "@onceflow/one-time-code";
import { expect, it, onTestFinished } from "vitest";
import { createDataFolder } from "../testing/data-folder.ts";
import { createService } from "./create-service.ts";
import { parseTrustedProxies } from "./parse-trusted-proxies.ts";

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
