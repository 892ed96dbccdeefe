const maxCodeUnits = 320;

/**
 * Brings a user name, ID or address as typed into the one form in which names are compared and hashed: NFKC, trimmed,
 * lower-case; null when it is empty or longer than 320 UTF-16 code units.
 * Source: RFC 8265 §3.3 (UsernameCaseMapped); RFC 5321 §4.5.3.1 (64 + @ + 255).
 */
export function normalizeIdentifier(typed: string): string | null {
  if (typed.length > maxCodeUnits) return null;
  const normalized = typed.normalize("NFKC").trim().toLowerCase();
  return normalized === "" || normalized.length > maxCodeUnits ? null : normalized;
}
