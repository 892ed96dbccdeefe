import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { generateKey } from "./generate-key.ts";
import { createKeyRing } from "./key-ring.ts";
import { makeSigningKey } from "./signing-key.ts";

describe("makeSigningKey", () => {
  it("makes the pair of the first test vector of RFC 8032 §7.1", async () => {
    const seed = hexToBytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const { privateKey, x } = await makeSigningKey(seed);
    expect(x).toBe("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    const signature = await crypto.subtle.sign("Ed25519", privateKey, new Uint8Array());
    expect(bytesToHex(new Uint8Array(signature))).toBe(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
    expect(privateKey.extractable).toBe(false);
  });
});

describe("a ring key", () => {
  it("signs with the same pair in every process that has it, and with another one for another use", async () => {
    const bytes = generateKey();
    const [one, other] = [0, 1].map(() => createKeyRing({ current: "k1", keys: { k1: bytes } }).current);
    const { x } = (await one?.signingKey("proof")) ?? {};
    expect(x).toMatch(/^[\w-]{43}$/);
    expect((await other?.signingKey("proof"))?.x).toBe(x);
    expect((await other?.signingKey("else"))?.x).not.toBe(x);
    expect(await one?.signingKey("proof")).toBe(await one?.signingKey("proof"));
  });
});
