import type { JsonValue } from "../component/json.ts";

/** What every secret shows outside its few readers. */
export const secretMask = "••••••";

/** `issued`: a code that we made. `proof`: a proof that we signed. `entered`: what a person typed. */
export type SecretKind = "issued" | "proof" | "entered";

/**
 * A value of the model that nothing prints: string, JSON, inspector and clones show `••••••`.
 * An issued code holds its digits only in test mode; outside it there is nothing to leak.
 */
export class Secret {
  // A private field: no spread, clone, serialiser or inspector carries it.
  readonly #value: JsonValue;
  readonly kind: SecretKind;
  constructor(kind: SecretKind, value: JsonValue) {
    this.kind = kind;
    this.#value = value;
  }
  /** See {@link readSecret}. */
  static read(secret: Secret): JsonValue {
    return secret.#value;
  }
  toString(): string {
    return secretMask;
  }
  toJSON(): string {
    return secretMask;
  }
  [Symbol.toPrimitive](): string {
    return secretMask;
  }
  // Node's inspector looks for this name; the symbol keeps `node:util` out of the core.
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return secretMask;
  }
}

/** The value of a secret, or null when it holds none (an issued one outside test mode). */
export function readSecret(secret: Secret): JsonValue {
  return Secret.read(secret);
}

/** The value of a secret as steps may work with it: null for a proof too, which is the caller's alone. */
export function readInStep(secret: Secret): JsonValue {
  return secret.kind === "proof" ? null : readSecret(secret);
}
