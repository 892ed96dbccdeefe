import { createKeyRing, generateKey } from "@onceflow/one-time-code";
import { describeProofSigner, verifyProof } from "@onceflow/step-runtime/testing";
import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { createProofSigner } from "./create-proof-signer.ts";

const issuer = "https://codes.example.test";
const proof = {
  id: "proof-1",
  runId: "run-1",
  userId: "user-dana",
  clientId: "portal",
  purpose: "second_factor",
  confirmedAt: "2026-01-01T10:42:07.512Z",
  issuedAt: Date.parse("2026-01-01T10:42:09.999Z"),
};

describeProofSigner("key ring", async (issuer) =>
  createProofSigner({ keyRing: createKeyRing({ current: "k1", keys: { k1: generateKey() } }), issuer }),
);

describe("a proof of a key ring", () => {
  const [k1, k2] = [generateKey(), generateKey()];
  const before = createProofSigner({ keyRing: createKeyRing({ current: "k1", keys: { k1 } }), issuer });
  const after = createProofSigner({ keyRing: createKeyRing({ current: "k2", keys: { k1, k2 } }), issuer });
  const other = createProofSigner({ keyRing: createKeyRing({ current: "k1", keys: { k1: k2 } }), issuer });

  it("is verified after a rotation as well, while new ones are signed with the new key", async () => {
    const old = await before.sign(proof);
    const keys = await after.publicKeys();
    expect(keys).toHaveLength(2);
    expect((await verifyProof(old, keys)).claims).toMatchObject({ sub: "user-dana" });
    const { header } = await verifyProof(await after.sign(proof), keys);
    expect(header["kid"]).toBe(keys[0]?.kid);
    await expect(verifyProof(old, await other.publicKeys())).rejects.toThrow("not listed");
  });

  it("is what a JWT library takes for the issuer, the client and five minutes, and for nothing else", async () => {
    const keys = createLocalJWKSet({ keys: [...(await after.publicKeys())] });
    const token = await after.sign(proof);
    const currentDate = new Date(proof.issuedAt);
    const expected = { issuer, audience: "portal", typ: "onceflow-proof+jwt", algorithms: ["EdDSA"], currentDate };
    expect((await jwtVerify(token, keys, expected)).payload).toMatchObject({ sub: "user-dana", run: "run-1" });
    const late = new Date(proof.issuedAt + 300_000);
    for (const wrong of [{ issuer: "https://evil.example.test" }, { audience: "shop" }, { currentDate: late }]) {
      await expect(jwtVerify(token, keys, { ...expected, ...wrong })).rejects.toThrow(/claim|timestamp/);
    }
  });
});
