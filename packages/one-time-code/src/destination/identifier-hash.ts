import { lengthPrefixed } from "../binding/length-prefixed.ts";
import type { SubKeys } from "../key/key-ring.ts";
import { normalizeIdentifier } from "./normalize-identifier.ts";

/** Keyed hash of a name nobody has, or of the ID of a user whom no mail reaches: the same for every way of writing it, and it does not tell the name. */
export function identifierHash(keys: SubKeys, tenant: string, typedName: string): Uint8Array {
  // An over-long name has no normal form; its beginning keeps the hash stable at a bounded cost.
  const name = normalizeIdentifier(typedName) ?? typedName.slice(0, 320);
  return keys.identifier(lengthPrefixed(["otp/v1/identifier", tenant, name]));
}
