/** Signs what a run confirmed: an application verifies it with the public keys, and needs to trust nobody in between. */
export interface ProofSigner {
  /**
   * A compact JWT (RFC 7519) with the claims of `proofClaims`, signed with EdDSA over Ed25519 (RFC 8037). Whoever holds
   * it is believed to be the user: it belongs in the response to the caller and nowhere else.
   */
  sign(proof: ConfirmationProof): Promise<string>;
  /** The keys to verify with: that which signs now, then those before it. */
  publicKeys(): Promise<readonly ProofPublicKey[]>;
}

/** A public key as a JSON Web Key (RFC 7517, RFC 8037 §2). */
export interface ProofPublicKey {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly kid: string;
  readonly alg: "EdDSA";
  readonly use: "sig";
}

/** What a proof says: who confirmed a code, for which client, what for, when and in which run. */
export interface ConfirmationProof {
  /** Unique; the same when a crash repeats the step. */
  readonly id: string;
  readonly runId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly purpose: string;
  /** ISO 8601: when the code was confirmed. */
  readonly confirmedAt: string;
  /** Milliseconds since 1970: when the proof is made. */
  readonly issuedAt: number;
}
