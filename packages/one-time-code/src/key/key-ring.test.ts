import { describe, expect, it } from "vitest";
import { generateKey } from "./generate-key.ts";
import { createKeyRing } from "./key-ring.ts";

describe("createKeyRing", () => {
  it("puts the current key first and keeps the others", () => {
    const ring = createKeyRing({ current: "k2", keys: { k1: generateKey(), k2: generateKey() } });
    expect([ring.current.kid, ring.others.map(({ kid }) => kid), ring.oldest.kid]).toEqual(["k2", ["k1"], "k1"]);
  });

  it.each([
    ["a missing current key", "k2", { k1: new Uint8Array(32) }],
    ["no key at all", "k1", {}],
    ["an inherited name as current key", "constructor", { k1: new Uint8Array(32) }],
    ["a short key", "k1", { k1: new Uint8Array(31) }],
    ["a short key beside a good one", "k1", { k1: new Uint8Array(32), k0: new Uint8Array(0) }],
    ["a long key", "k1", { k1: new Uint8Array(33) }],
    ["a text as key", "k1", { k1: "x".repeat(32) as unknown as Uint8Array }],
  ])("refuses %s", (_name, current, keys) => {
    expect(() => createKeyRing({ current, keys })).toThrow(expect.objectContaining({ code: "invalid-key-ring" }));
  });

  it("derives sub-keys that cannot be read back, once per key", async () => {
    const { current } = createKeyRing({ current: "k1", keys: { k1: generateKey() } });
    const keys = await current.subKeys();
    expect(await current.subKeys()).toBe(keys);
    expect(JSON.stringify(keys)).toBe('{"seal":{}}');
  });

  it("hashes as HMAC-SHA-256 under keys of HKDF (RFC 5869, RFC 2104) does", async () => {
    const bytes = generateKey();
    const { current } = createKeyRing({ current: "k1", keys: { k1: bytes } });
    const message = new TextEncoder().encode("message");
    const material = await crypto.subtle.importKey("raw", new Uint8Array(bytes), "HKDF", false, ["deriveKey"]);
    const info = new TextEncoder().encode("otp/v1/mac");
    const key = await crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info },
      material,
      { name: "HMAC", hash: "SHA-256", length: 256 },
      false,
      ["sign"],
    );
    const expected = new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
    expect((await current.subKeys()).mac(message)).toEqual(expected);
  });
});

describe("generateKey", () => {
  it("makes another 32 bytes each time", () => {
    const [one, other] = [generateKey(), generateKey()];
    expect(one).toHaveLength(32);
    expect(one).not.toEqual(other);
  });
});
