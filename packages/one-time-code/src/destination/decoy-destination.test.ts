import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateKey } from "../key/generate-key.ts";
import { createKeyRing } from "../key/key-ring.ts";
import { decoyDestination } from "./decoy-destination.ts";
import { identifierHash } from "./identifier-hash.ts";
import { isMailAddress, maskDestination } from "./mask-destination.ts";
import { normalizeIdentifier } from "./normalize-identifier.ts";

const keyRing = createKeyRing({ current: "k1", keys: { k1: generateKey() } });
const domains = ["example.test", "example.org"];

async function decoyFor(typedName: string): Promise<string> {
  return decoyDestination(typedName, identifierHash(await keyRing.oldest.subKeys(), "default", typedName), domains);
}

describe("maskDestination", () => {
  it.each([
    ["dana@example.test", "d•••@example.test"],
    ["d@Example.TEST", "d•••@example.test"],
    ["Dana@example.test", "d•••@example.test"],
    ["😀x@example.test", "😀•••@example.test"],
  ])("masks %s", (address, masked) => {
    expect(maskDestination(address)).toBe(masked);
  });
});

describe("isMailAddress", () => {
  it.each([
    "",
    "dana",
    "@example.test",
    "dana@",
    "a@b@c",
    "a b@example.test",
    "a@example.test\r\nBcc: b@example.test",
    "a@x.test,b@x.test",
    "<a@x.test>",
  ])("does not take %o for one address", (text) => {
    expect(isMailAddress(text)).toBe(false);
  });
});

describe("normalizeIdentifier", () => {
  it("folds width, case and white space", () => {
    expect(normalizeIdentifier("  Ｄana ")).toBe("dana");
  });

  it("has no normal form for nothing or for more than 320 code units", () => {
    expect(normalizeIdentifier(" ")).toBeNull();
    expect(normalizeIdentifier("a".repeat(320))).toHaveLength(320);
    expect(normalizeIdentifier("a".repeat(321))).toBeNull();
    expect(normalizeIdentifier("\ufdfa".repeat(300))).toBeNull();
  });
});

describe("decoyDestination", () => {
  it("is stable over tries and ways of writing a name", async () => {
    expect(await decoyFor(" GHOST ")).toBe(await decoyFor("ghost"));
  });

  it("masks a typed address as a real one would be", async () => {
    expect(await decoyFor("Ghost@Corp.test")).toBe("g•••@corp.test");
  });

  it("looks like a masked address whatever is typed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 400 }).filter((name) => !name.includes("@")),
        async (name) => {
          expect(await decoyFor(name)).toMatch(/^[a-z]•••@example\.(test|org)$/u);
        },
      ),
    );
  });

  it.each([
    ["ghost", "g"],
    ["Ghost.Writer", "g"],
    ["jean-pierre", "j"],
    ["françois", "f"],
    ["dana2024", "d"],
    ["x", "x"],
    // What is behind a prefix is a name all the same.
    ["user-ghost", "g"],
    ["USR_ghost", "g"],
  ])("begins the decoy of the name %s as an address of that name would", async (typedName, letter) => {
    expect(await decoyFor(typedName)).toMatch(new RegExp(`^${letter}•••@example`));
  });

  it.each([
    ["a number", (index: number) => `${4_000_000 + index}`],
    ["a letter and a number", (index: number) => `u${4_000_000 + index}`],
    ["a prefix and a number", (index: number) => `user-${index}`],
    ["a prefix and a number without separator", (index: number) => `user${index}`],
    ["a UUID", (index: number) => `d0c4a1b2-0000-4000-8000-${String(index).padStart(12, "0")}`],
    ["a ULID", (index: number) => `01arz3ndektsv4rrffq69g5f${String(index).padStart(2, "0")}`],
  ])("takes the letter from the hash for an ID: %s", async (_name, idOf) => {
    const letters = new Set<string>();
    for (let index = 0; index < 64; index += 1) {
      const decoy = await decoyFor(idOf(index));
      expect(await decoyFor(idOf(index).toUpperCase())).toBe(decoy);
      letters.add(decoy[0] ?? "");
    }
    expect(letters.size).toBeGreaterThan(8);
  });

  it("uses every domain", async () => {
    const seen = await Promise.all(Array.from({ length: 64 }, (_, index) => decoyFor(`ghost ${index}`)));
    expect(new Set(seen)).toEqual(new Set(["g•••@example.test", "g•••@example.org"]));
  });
});
