import { proofClaims, type ProofPublicKey, type ProofSigner, proofTokenType } from "@onceflow/step-runtime";
import { calculateJwkThumbprint, SignJWT } from "jose";

/** The keys that proofs are signed with, as `createKeyRing` of `@onceflow/one-time-code` makes them. */
export interface ProofKeyRing {
  /** What new proofs are signed with. */
  readonly current: ProofKey;
  /** What older proofs may have been signed with. */
  readonly others: readonly ProofKey[];
}

/** One key of a {@link ProofKeyRing}. */
export interface ProofKey {
  /** Ed25519 for one use: the private key, and the `x` of the public one (RFC 8037 §2). */
  signingKey(use: string): Promise<{ readonly privateKey: CryptoKey; readonly x: string }>;
}

/**
 * Signs proofs with the current key of a ring; those of its other keys are verified still.
 *
 * @param options.issuer the `iss` of every proof: where the server is reached, the origin of its `/.well-known/jwks.json`
 */
export function createProofSigner({
  keyRing,
  issuer,
}: {
  readonly keyRing: ProofKeyRing;
  readonly issuer: string;
}): ProofSigner {
  return {
    async sign(proof) {
      const { privateKey, x } = await keyRing.current.signingKey("proof");
      const kid = await calculateJwkThumbprint(okp(x));
      return new SignJWT(proofClaims(proof, issuer))
        .setProtectedHeader({ alg: "EdDSA", kid, typ: proofTokenType })
        .sign(privateKey);
    },
    publicKeys: () =>
      Promise.all(
        [keyRing.current, ...keyRing.others].map(async (key): Promise<ProofPublicKey> => {
          const jwk = okp((await key.signingKey("proof")).x);
          return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "EdDSA", use: "sig" };
        }),
      ),
  };
}

/** The key is named by its thumbprint (RFC 7638): the ids of a ring start anew with every ring. */
function okp(x: string): { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string } {
  return { kty: "OKP", crv: "Ed25519", x };
}
