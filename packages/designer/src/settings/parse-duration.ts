const unitSeconds: Readonly<Record<string, number>> = { "": 1, s: 1, sec: 1, m: 60, min: 60, mn: 60, h: 3600 };

/**
 * Reads a duration as whole seconds: `300`, `300 s`, `5m`, `5 min`, `1m30s`, or ISO 8601 such as `PT5M`.
 *
 * @returns null when the text is none, or not a whole number of seconds
 */
export function parseDuration(text: string): number | null {
  const plain = text.trim().toLowerCase();
  const iso = /^pt(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(plain);
  if (iso) return whole(Number(iso[1] ?? 0) * 3600 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0));
  const compact = plain.replaceAll(/\s+/g, "");
  if (!/^(?:\d+[a-z]*)+$/.test(compact)) return null;
  let total = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [, digits = "", unit = ""] of compact.matchAll(/(\d+)([a-z]*)/g)) {
    const seconds = unitSeconds[unit];
    // "1m30" is one and a half minutes to some and an error to others: from large to small, each with its unit.
    if (seconds === undefined || seconds >= smallest || (unit === "" && compact !== digits)) return null;
    smallest = seconds;
    total += Number(digits) * seconds;
  }
  return whole(total);
}

function whole(seconds: number): number | null {
  return Number.isSafeInteger(seconds) ? seconds : null;
}
