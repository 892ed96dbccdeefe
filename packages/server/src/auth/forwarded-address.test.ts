import { BlockList } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import { describe, expect, it } from "vitest";
import { serve } from "../testing/serve.ts";
import { forwardedAddress } from "./forwarded-address.ts";

const trustedProxies = new BlockList();
trustedProxies.addAddress("127.0.0.1");
trustedProxies.addSubnet("10.0.0.0", 8, "ipv4");
trustedProxies.addSubnet("fd00::", 8, "ipv6");

describe("forwardedAddress", () => {
  it.each<[what: string, peer: string | null, forwardedFor: string | undefined, address: string | null]>([
    ["believes nobody but a trusted proxy", "192.0.2.1", "203.0.113.7", "192.0.2.1"],
    ["takes what a trusted proxy tells", "127.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["counts a trusted proxy itself that tells nothing", "127.0.0.1", undefined, "127.0.0.1"],
    ["counts a trusted proxy itself whose header is empty", "127.0.0.1", "", "127.0.0.1"],
    ["skips what the caller wrote", "127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["skips a trusted address that the caller wrote", "127.0.0.1", "10.0.0.9, 203.0.113.7", "203.0.113.7"],
    ["goes through several trusted proxies", "127.0.0.1", "198.51.100.1,203.0.113.7, 10.0.0.2,10.0.0.1", "203.0.113.7"],
    ["takes the farthest of trusted addresses only", "127.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["reads IPv6", "fd00::1", "2001:db8::7", "2001:db8::7"],
    ["knows a proxy by its IPv4-mapped address", "::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"],
    [
      "knows a proxy by its IPv4-mapped address in hexadecimal",
      "127.0.0.1",
      "203.0.113.7, ::ffff:a00:1",
      "203.0.113.7",
    ],
    ["knows a proxy by an address with a zone", "fd00::1%eth0", "203.0.113.7", "203.0.113.7"],
    ["stops at junk", "127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"],
    ["stops at an address with a port", "127.0.0.1", "203.0.113.7, 10.0.0.2:443, 10.0.0.1", "10.0.0.1"],
    ["stops at an empty entry", "127.0.0.1", "203.0.113.7, ,", "127.0.0.1"],
    ["never reads junk of the caller", "127.0.0.1", "<script>, ::ffff:, 203.0.113.7", "203.0.113.7"],
    ["knows no address where there is none", null, "203.0.113.7", null],
  ])("%s", (_what, peer, forwardedFor, address) => {
    expect(forwardedAddress(peer, { forwardedFor, trustedProxies })).toBe(address);
  });
});

describe("a server behind a proxy", () => {
  const callRates = { network: 2, apiKey: 2 };
  const clientAddress = (context: Parameters<typeof getConnInfo>[0]) => getConnInfo(context).remote.address ?? null;
  const call = async (url: string, headers: Readonly<Record<string, string>>) =>
    (await fetch(`${url}/api/components`, { headers: { Authorization: "Bearer onceflow_wrong", ...headers } })).status;

  it("counts each of the networks that a trusted proxy tells by itself", async () => {
    const { url } = await serve({ callRates, clientAddress, trustedProxies });
    for (const status of [401, 401, 429]) {
      expect(await call(url, { "X-Forwarded-For": `198.51.100.${status}, 203.0.113.7` })).toBe(status);
    }
    expect(await call(url, { "X-Forwarded-For": "203.0.113.8" })).toBe(401);
  });

  it("believes no header unless it is told of proxies", async () => {
    const { url } = await serve({ callRates, clientAddress });
    expect(await call(url, { "X-Forwarded-For": "203.0.113.1" })).toBe(401);
    expect(await call(url, { Forwarded: "for=203.0.113.2", "X-Real-IP": "203.0.113.2" })).toBe(401);
    expect(await call(url, { "X-Forwarded-For": "203.0.113.3" })).toBe(429);
  });
});
