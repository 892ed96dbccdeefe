import type { JsonObject } from "../component/json.ts";
import type { ConfirmationProof } from "../ports/proof-signer.ts";

/** The `typ` in a proof's header: no other token of the same issuer passes for a proof (RFC 8725 §3.11). */
export const proofTokenType = "onceflow-proof+jwt";

/** Long enough to hand it over, too short to be worth keeping. */
const lifetimeSeconds = 300;

/** The claims of a proof, alike for every signer: RFC 7519 §4.1, `auth_time` of OpenID Connect Core §2, `amr` of RFC 8176. */
export function proofClaims(proof: ConfirmationProof, issuer: string): JsonObject {
  const issuedAt = Math.floor(proof.issuedAt / 1000);
  return {
    iss: issuer,
    aud: proof.clientId,
    sub: proof.userId,
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    jti: proof.id,
    auth_time: Math.floor(Date.parse(proof.confirmedAt) / 1000),
    amr: ["otp"],
    purpose: proof.purpose,
    run: proof.runId,
  };
}
