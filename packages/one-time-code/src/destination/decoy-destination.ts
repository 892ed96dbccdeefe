import { isMailAddress, maskDestination } from "./mask-destination.ts";
import { nameInIdentifier } from "./name-in-identifier.ts";
import { normalizeIdentifier } from "./normalize-identifier.ts";

/**
 * The masked destination of a challenge that nobody receives, stable over tries. A typed address is masked as a real one
 * would be; for anything else the keyed hash, of the user's ID or of nobody's name, chooses what no name suggests.
 * Source: OWASP ASVS 5 §6.3.8 (valid users cannot be told from failed tries).
 */
export function decoyDestination(typedName: string, hash: Uint8Array, domains: readonly string[]): string {
  const typed = normalizeIdentifier(typedName);
  if (typed !== null && isMailAddress(typed)) return maskDestination(typed);
  const view = new DataView(hash.buffer, hash.byteOffset);
  const domain = domains[view.getUint32(0) % domains.length] ?? "";
  // Addresses mostly begin like the user's name: a letter by chance would give most decoys away. They do not begin like
  // the user's ID.
  const name = typed === null ? null : nameInIdentifier(typed);
  const letter = name?.[0] ?? String.fromCharCode(97 + (view.getUint32(4) % 26));
  return maskDestination(`${letter}@${domain}`);
}
