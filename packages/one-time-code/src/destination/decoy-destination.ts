import { isMailAddress, maskDestination } from "./mask-destination.ts";
import { normalizeIdentifier } from "./normalize-identifier.ts";

/**
 * The masked destination of a challenge that nobody receives, stable over tries. A typed address is masked as a real one
 * would be; for any other name the keyed hash chooses what the name itself does not suggest.
 * Source: OWASP ASVS 5 §6.3.8 (valid users cannot be told from failed tries).
 */
export function decoyDestination(typedName: string, hash: Uint8Array, domains: readonly string[]): string {
  const name = normalizeIdentifier(typedName);
  if (name !== null && isMailAddress(name)) return maskDestination(name);
  const view = new DataView(hash.buffer, hash.byteOffset);
  const domain = domains[view.getUint32(0) % domains.length] ?? "";
  // Addresses mostly begin like the user's name: a letter by chance would give most decoys away.
  const first = name?.[0] ?? "";
  const letter = /^[a-z]$/.test(first) ? first : String.fromCharCode(97 + (view.getUint32(4) % 26));
  return maskDestination(`${letter}@${domain}`);
}
