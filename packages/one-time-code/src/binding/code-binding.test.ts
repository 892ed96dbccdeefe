import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateKey } from "../key/generate-key.ts";
import { createKeyRing } from "../key/key-ring.ts";
import { challengeMac } from "./challenge-mac.ts";
import { codeDigest } from "./code-digest.ts";
import { lengthPrefixed } from "./length-prefixed.ts";
import { type CodeBinding, openCode, sealCode } from "./seal-code.ts";

const keyRing = createKeyRing({ current: "k1", keys: { k0: generateKey(), k1: generateKey() } });
const binding: CodeBinding = {
  challengeId: "c-1",
  tenant: "default",
  userId: "u-1",
  clientId: "portal",
  purpose: "second_factor",
  sessionId: "s-1",
};
const changes = [
  { challengeId: "c-2" },
  { tenant: "other" },
  { userId: "u-2" },
  { userId: null },
  { clientId: "portal2" },
  { purpose: "sole_factor" },
  { sessionId: "s-2" },
  { clientId: "portals", sessionId: "-1" },
] as const;

describe("lengthPrefixed", () => {
  it("gives different bytes for different lists of fields", () => {
    const fields = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 });
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const same = one.length === other.length && one.every((field, index) => field === other[index]);
        expect(lengthPrefixed(one).join() === lengthPrefixed(other).join()).toBe(same);
      }),
    );
  });

  it("writes four bytes of length, big-endian, before each field", () => {
    expect([...lengthPrefixed(["é", new Uint8Array([7])])]).toEqual([0, 0, 0, 2, 0xc3, 0xa9, 0, 0, 0, 1, 7]);
  });
});

describe("the MAC of a code", () => {
  const macOf = async (facts: CodeBinding, code: string) =>
    challengeMac(facts.challengeId, facts.userId, codeDigest(await keyRing.current.subKeys(), facts, code));

  it.each(changes)("changes with %o", async (change) => {
    expect(await macOf({ ...binding, ...change }, "123456")).not.toEqual(await macOf(binding, "123456"));
  });

  it("changes with the code and the key, and with nothing else", async () => {
    const mac = await macOf(binding, "123456");
    expect(await macOf({ ...binding }, "123456")).toEqual(mac);
    expect(await macOf(binding, "123457")).not.toEqual(mac);
    const other = codeDigest(await keyRing.oldest.subKeys(), binding, "123456");
    expect(challengeMac("c-1", "u-1", other)).not.toEqual(mac);
  });
});

describe("a sealed code", () => {
  it("opens with its key and binding, and looks different each time", async () => {
    const keys = await keyRing.current.subKeys();
    const [one, other] = [await sealCode(keys, binding, "012345"), await sealCode(keys, binding, "012345")];
    expect(one).not.toEqual(other);
    expect(await openCode(keys, binding, one)).toBe("012345");
  });

  it.each(changes)("does not open with %o", async (change) => {
    const keys = await keyRing.current.subKeys();
    const sealed = await sealCode(keys, binding, "012345");
    await expect(openCode(keys, { ...binding, ...change }, sealed)).rejects.toThrow();
  });

  it("does not open with another key or a changed byte", async () => {
    const keys = await keyRing.current.subKeys();
    const sealed = await sealCode(keys, binding, "012345");
    await expect(openCode(await keyRing.oldest.subKeys(), binding, sealed)).rejects.toThrow();
    const changed = sealed.map((byte, index) => (index === 20 ? byte ^ 1 : byte));
    await expect(openCode(keys, binding, changed)).rejects.toThrow();
  });
});
