import { jwtVerify, type JWTVerifyGetKey } from "jose";

/** What a proof has to say to count. */
export interface ExpectedProof {
  /** Where Onceflow is reached. */
  readonly issuer: string;
  /** The client whose API key started the run. */
  readonly clientId: string;
  readonly userId: string;
  /** The run that was started for this very sign-in: a proof of any other run proves nothing here. */
  readonly runId: string;
}

/** Throws unless the user confirmed a code in the run. `jwtVerify` looks at the signature, at `exp` and at what is listed. */
export async function verifyProof(proof: string, keys: JWTVerifyGetKey, expected: ExpectedProof): Promise<void> {
  const { payload } = await jwtVerify(proof, keys, {
    issuer: expected.issuer,
    audience: expected.clientId,
    subject: expected.userId,
    typ: "onceflow-proof+jwt",
    algorithms: ["EdDSA"],
    requiredClaims: ["exp", "run"],
  });
  if (payload["run"] !== expected.runId) throw new Error("The proof is of another run.");
}
