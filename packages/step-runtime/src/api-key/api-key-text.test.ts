import { describe, expect, it } from "vitest";
import { apiKeyIdIn, isApiKey, makeApiKey } from "./api-key-text.ts";

describe("the text of an API key", () => {
  it("is recognised by its prefix, holds its id and 256 bits that are another each time", () => {
    const [one, other] = [makeApiKey(), makeApiKey()];
    expect(one.key).toMatch(/^onceflow_[0-9a-f]{16}_[\w-]{43}$/);
    expect(apiKeyIdIn(one.key)).toBe(one.keyId);
    expect(one.keyId).not.toBe(other.keyId);
    expect(one.key.slice(26)).not.toBe(other.key.slice(26));
  });

  it("is stored as its SHA-256", async () => {
    const { key, hash } = makeApiKey();
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
    expect([...hash]).toEqual([...new Uint8Array(digest)]);
  });

  it("is the key of its own hash only", () => {
    const { key, keyId, hash } = makeApiKey();
    const other = makeApiKey();
    expect(hash).toHaveLength(32);
    expect(isApiKey(key, hash)).toBe(true);
    expect(isApiKey(`onceflow_${keyId}_${other.key.slice(26)}`, hash)).toBe(false);
    expect(isApiKey(key, hash.slice(0, 31))).toBe(false);
    expect(isApiKey(key, new Uint8Array(0))).toBe(false);
  });

  it.each([
    "",
    "onceflow_",
    "onceflow_0123456789abcdef_short",
    "Bearer x",
    `onceflow_0123456789ABCDEF_${"a".repeat(43)}`,
  ])("is not %j", (text) => {
    expect(apiKeyIdIn(text)).toBeNull();
  });
});
