import { describe, expect, it } from "vitest";
import { parseTrustedProxies } from "./parse-trusted-proxies.ts";

describe("parseTrustedProxies", () => {
  it("takes addresses and networks, of IPv4 and IPv6", () => {
    const proxies = parseTrustedProxies("127.0.0.1, 10.0.0.0/8 ,fd00::/8,::1,::ffff:192.0.2.1");
    for (const address of ["127.0.0.1", "10.255.0.1", "192.0.2.1"]) expect(proxies.check(address)).toBe(true);
    for (const address of ["127.0.0.2", "11.0.0.1", "192.0.2.2"]) expect(proxies.check(address)).toBe(false);
    for (const address of ["::1", "fd00::9", "::ffff:10.0.0.1"]) expect(proxies.check(address, "ipv6")).toBe(true);
    for (const address of ["::2", "fe80::1"]) expect(proxies.check(address, "ipv6")).toBe(false);
  });

  it("takes nothing where nothing is set", () => {
    expect(parseTrustedProxies(undefined).rules).toEqual([]);
  });

  it.each([
    ["proxy.example.com", "proxy.example.com"],
    ["127.0.0.1,nginx", "nginx"],
    ["127.0.0.1,", ""],
    ["127.0.0.1;10.0.0.1", "127.0.0.1;10.0.0.1"],
    ["127.0.0.1:8080", "127.0.0.1:8080"],
    ["10.0.0/8", "10.0.0/8"],
    ["10.0.0.0/255.0.0.0", "10.0.0.0/255.0.0.0"],
    ["10.0.0.0/8/8", "10.0.0.0/8/8"],
    ["10.0.0.0/", "10.0.0.0/"],
    ["10.0.0.0/33", "10.0.0.0/33"],
    ["fd00::/129", "fd00::/129"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["127.0.0.1,::/0", "::/0"],
    ["*", "*"],
    ["true", "true"],
  ])("refuses %j and names the entry", (text, entry) => {
    const message = expect.stringContaining(`TRUSTED_PROXIES has the entry "${entry}".`);
    expect(() => parseTrustedProxies(text)).toThrow(expect.objectContaining({ code: "invalid-setting", message }));
  });
});
