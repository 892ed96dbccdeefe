/** The seconds of `Prefer: wait=N` (RFC 7240) in milliseconds, at most the limit; the limit when nothing is preferred. */
export function preferredWait(
  prefer: string | undefined,
  { limitMs }: { limitMs: number },
): { waitMs: number; applied: string | null } {
  const match = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(prefer ?? "");
  if (match === null) return { waitMs: limitMs, applied: null };
  return { waitMs: Math.min(Number(match[1]) * 1000, limitMs), applied: `wait=${match[1]}` };
}
