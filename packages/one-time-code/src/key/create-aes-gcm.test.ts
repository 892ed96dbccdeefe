import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AesGcm } from "./aes-gcm.ts";
import { createAesGcm } from "./create-aes-gcm.ts";
import { generateKey } from "./generate-key.ts";
import { createNodeAesGcm } from "./node-aes-gcm.ts";
import { createWebAesGcm } from "./web-aes-gcm.ts";

const key = generateKey();
const node = createNodeAesGcm(key) as AesGcm;
const web = createWebAesGcm(key);
const context = new TextEncoder().encode("message-1");
const bytes = () => fc.uint8Array({ maxLength: 200 });
const failure = async (open: () => unknown) =>
  Promise.resolve()
    .then(open)
    .then(
      () => null,
      (error: unknown) => error,
    );

describe("createAesGcm", () => {
  it("takes Node's crypto where there is Node", () => {
    expect(createAesGcm(key).seal(new Uint8Array(1), context)).toBeInstanceOf(Uint8Array);
  });
});

describe.each([
  ["Node's crypto", node, web],
  ["Web Crypto", web, node],
])("AES-GCM by %s", (_name, own, other) => {
  it("is opened by either", () =>
    fc.assert(
      fc.asyncProperty(bytes(), bytes(), async (plain, additionalData) => {
        const sealed = await own.seal(plain, additionalData);
        expect(sealed).toHaveLength(12 + plain.length + 16);
        expect(await own.open(sealed, additionalData)).toEqual(plain);
        expect(await other.open(sealed, additionalData)).toEqual(plain);
      }),
    ));

  it("looks different each time", async () => {
    const plain = new Uint8Array(6);
    expect(await own.seal(plain, context)).not.toEqual(await own.seal(plain, context));
  });

  it("opens with no byte changed, none missing, none more", async () => {
    const sealed = await own.seal(new TextEncoder().encode("012345"), context);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.map((byte, place) => (place === index ? byte ^ 1 : byte));
      expect(await failure(() => own.open(changed, context))).toBeInstanceOf(Error);
      expect(await failure(() => own.open(sealed.subarray(0, index), context))).toBeInstanceOf(Error);
    }
    expect(await failure(() => own.open(new Uint8Array([...sealed, 0]), context))).toBeInstanceOf(Error);
    expect(await failure(() => own.open(sealed, new Uint8Array(0)))).toBeInstanceOf(Error);
  });
});
