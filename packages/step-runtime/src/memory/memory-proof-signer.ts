import type { ProofSigner } from "../ports/proof-signer.ts";
import { proofClaims, proofTokenType } from "../proof/proof-claims.ts";

const kid = "memory";

/** Signs with a key that ends with the process: its proofs show what a real one says, and nobody else can verify them. */
export function createMemoryProofSigner({
  issuer = "onceflow-preview",
}: { readonly issuer?: string } = {}): ProofSigner {
  let made: Promise<CryptoKeyPair> | undefined;
  const keys = () => (made ??= crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]));
  return {
    async sign(proof) {
      const { privateKey } = await keys();
      const header = { alg: "EdDSA", kid, typ: proofTokenType };
      const text = `${base64url(printed(header))}.${base64url(printed(proofClaims(proof, issuer)))}`;
      const signature = await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(text));
      return `${text}.${base64url(new Uint8Array(signature))}`;
    },
    async publicKeys() {
      const { x = "" } = await crypto.subtle.exportKey("jwk", (await keys()).publicKey);
      return [{ kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" }];
    },
  };
}

function printed(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
