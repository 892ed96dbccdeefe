/** What every route under /api may refuse to whoever asks. */
export const credentialProblems = [
  "no-session",
  "wrong-credentials",
  "forbidden",
  "missing-scope",
  "too-many-requests",
  "store-unavailable",
] as const;

/** The same for routes that change something. */
export const changeProblems = [...credentialProblems, "csrf-refused", "foreign-origin"] as const;
