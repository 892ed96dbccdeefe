import { describe, expect, it } from "vitest";
import { createSecretBox } from "./secret-box.ts";
import { newKeyRingText, parseKeyRing, rotateKeyRingText } from "./key-ring-text.ts";

const bytes = new TextEncoder().encode("to d•••@example.test");

describe("parseKeyRing", () => {
  it("reads what was made and rotated: the new key is current, the old ones stay, oldest first", () => {
    const ring = parseKeyRing(rotateKeyRingText(rotateKeyRingText(newKeyRingText())));
    expect([ring.current.kid, ring.others.map(({ kid }) => kid), ring.oldest.kid]).toEqual(["k3", ["k1", "k2"], "k1"]);
  });

  it.each([
    "",
    "k1",
    "[]",
    "null",
    '{"current":"k1"}',
    '{"current":"k1","keys":{}}',
    '{"current":"k1","keys":{"k1":"c2hvcnQ="}}',
    '{"current":"k1","keys":{"k1":"%%%"}}',
    '{"current":"k1","keys":{"k1":7}}',
    '{"current":"constructor","keys":{}}',
  ])("refuses %j without quoting it", (text) => {
    expect(() => parseKeyRing(text)).toThrow(expect.objectContaining({ code: "invalid-key-ring" }));
    expect(() => parseKeyRing('{"current":"k1","keys":{"k1":"c2VjcmV0"}}')).not.toThrow("c2VjcmV0");
  });
});

describe("createSecretBox", () => {
  it("opens for the same use and context only, also after a rotation, and not with a dropped key", async () => {
    const text = newKeyRingText();
    const ring = parseKeyRing(text);
    const sealed = await createSecretBox(ring, "outbox").seal(bytes, "message-1");
    const rotated = parseKeyRing(rotateKeyRingText(text));
    expect(await createSecretBox(ring, "outbox").open(sealed, "message-1")).toEqual(bytes);
    expect(await createSecretBox(rotated, "outbox").open(sealed, "message-1")).toEqual(bytes);
    expect(await createSecretBox(ring, "outbox").open(sealed, "message-2")).toBeNull();
    expect(await createSecretBox(ring, "revoke").open(sealed, "message-1")).toBeNull();
    expect(await createSecretBox(parseKeyRing(newKeyRingText()), "outbox").open(sealed, "message-1")).toBeNull();
    sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
    expect(await createSecretBox(ring, "outbox").open(sealed, "message-1")).toBeNull();
    expect(await createSecretBox(ring, "outbox").open(new Uint8Array(3), "message-1")).toBeNull();
  });
});
