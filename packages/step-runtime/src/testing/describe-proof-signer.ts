import { describe, expect, it } from "vitest";
import type { ConfirmationProof, ProofSigner } from "../ports/proof-signer.ts";
import { verifyProof } from "./verify-proof.ts";

const issuer = "https://codes.example.test";
const proof: ConfirmationProof = {
  id: "proof-1",
  runId: "run-1",
  userId: "user-élodie",
  clientId: "portal",
  purpose: "second_factor",
  confirmedAt: "2026-01-01T10:42:07.512Z",
  issuedAt: Date.parse("2026-01-01T10:42:09.999Z"),
};

/** The contract of the ProofSigner port; each signer that is made has keys of its own. */
export function describeProofSigner(name: string, create: (issuer: string) => Promise<ProofSigner>): void {
  describe(`ProofSigner: ${name}`, () => {
    it("signs who confirmed a code, for whom, what for, when and in which run, for five minutes", async () => {
      const signer = await create(issuer);
      const { claims } = await verifyProof(await signer.sign(proof), await signer.publicKeys());
      const iat = Date.parse("2026-01-01T10:42:09Z") / 1000;
      expect(claims).toEqual({
        iss: issuer,
        aud: "portal",
        sub: "user-élodie",
        iat,
        exp: iat + 300,
        jti: "proof-1",
        auth_time: iat - 2,
        amr: ["otp"],
        purpose: "second_factor",
        run: "run-1",
      });
    });

    it("names its algorithm, its key and what kind of token it is, and nothing else", async () => {
      const signer = await create(issuer);
      const { header } = await verifyProof(await signer.sign(proof), await signer.publicKeys());
      expect(header).toEqual({ alg: "EdDSA", typ: "onceflow-proof+jwt", kid: expect.any(String) });
      expect((await signer.publicKeys())[0]).toMatchObject({ kid: header["kid"] });
    });

    it("signs the same text again when a step is repeated", async () => {
      const signer = await create(issuer);
      expect(await signer.sign(proof)).toBe(await signer.sign({ ...proof }));
    });

    it("is verified by no changed claim, no changed signature and no key of another signer", async () => {
      const [signer, other] = [await create(issuer), await create(issuer)];
      const [header = "", claims = "", signature = ""] = (await signer.sign(proof)).split(".");
      const [, foreignClaims = ""] = (await signer.sign({ ...proof, userId: "user-mallory" })).split(".");
      const changed = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
      const keys = await signer.publicKeys();
      await expect(verifyProof(`${header}.${foreignClaims}.${signature}`, keys)).rejects.toThrow("does not fit");
      await expect(verifyProof(`${header}.${claims}.${changed}`, keys)).rejects.toThrow("does not fit");
      const renamed = (await other.publicKeys()).map((key) => ({ ...key, kid: keys[0]?.kid ?? "" }));
      await expect(verifyProof(`${header}.${claims}.${signature}`, renamed)).rejects.toThrow("does not fit");
    });

    it("shows public keys without their private half", async () => {
      for (const key of await (await create(issuer)).publicKeys()) {
        expect(key).toEqual({
          kty: "OKP",
          crv: "Ed25519",
          x: expect.stringMatching(/^[\w-]{43}$/),
          kid: expect.any(String),
          alg: "EdDSA",
          use: "sig",
        });
      }
    });
  });
}
