const maxCodeUnits = 320;

/**
 * The one form in which names and IDs of users are compared: NFKC, trimmed, lower-case; null for what is nobody's: nothing,
 * or more than 320 UTF-16 code units. Codes for a name that nobody has are counted under the same form: what finds one
 * user in two spellings must count as one name where there is no user.
 * Source: RFC 8265 §3.3 (UsernameCaseMapped); RFC 5321 §4.5.3.1 (64 + @ + 255).
 */
export function userKey(nameOrId: string): string | null {
  if (nameOrId.length > maxCodeUnits) return null;
  const key = nameOrId.normalize("NFKC").trim().toLowerCase();
  return key === "" || key.length > maxCodeUnits ? null : key;
}
