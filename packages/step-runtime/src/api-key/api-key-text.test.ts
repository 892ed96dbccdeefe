import { describe, expect, it } from "vitest";
import { apiKeyIdIn, isApiKey, makeApiKey } from "./api-key-text.ts";

describe("the text of an API key", () => {
  it("is recognised by its prefix, holds its id and 256 bits that are another each time", async () => {
    const [one, other] = [await makeApiKey(), await makeApiKey()];
    expect(one.key).toMatch(/^onceflow_[0-9a-f]{16}_[\w-]{43}$/);
    expect(apiKeyIdIn(one.key)).toBe(one.keyId);
    expect(one.keyId).not.toBe(other.keyId);
    expect(one.key.slice(26)).not.toBe(other.key.slice(26));
  });

  it("is the key of its own hash only", async () => {
    const { key, keyId, hash } = await makeApiKey();
    const other = await makeApiKey();
    expect(hash).toHaveLength(32);
    expect(await isApiKey(key, hash)).toBe(true);
    expect(await isApiKey(`onceflow_${keyId}_${other.key.slice(26)}`, hash)).toBe(false);
    expect(await isApiKey(key, hash.slice(0, 31))).toBe(false);
    expect(await isApiKey(key, new Uint8Array(0))).toBe(false);
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
