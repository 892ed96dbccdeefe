import { parseKeyRing } from "@onceflow/one-time-code";
import { proofClaims, type ProofSigner, proofTokenType } from "@onceflow/step-runtime";

const kid = "shared";

/** Signs with the key of a ring, so that several processes sign alike. */
export function createSharedProofSigner(keys: string): ProofSigner {
  const signingKey = () => parseKeyRing(keys).current.signingKey("proof");
  return {
    async sign(proof) {
      const { privateKey } = await signingKey();
      const header = { alg: "EdDSA", kid, typ: proofTokenType };
      const text = [header, proofClaims(proof, "onceflow-test")]
        .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
        .join(".");
      const signature = await crypto.subtle.sign("Ed25519", privateKey, Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString("base64url")}`;
    },
    async publicKeys() {
      const { x } = await signingKey();
      return [{ kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" }];
    },
  };
}
