// Scanned by hand: a pattern that looks back from every "@" of a long text would take quadratic time.
const longestLocalPart = 320;
const localEnds: ReadonlySet<string> = new Set("@<>(),;: \t\r\n\u00a0");
const letterOrDigit = /[\p{L}\p{N}]/u;

/** Masks the e-mail addresses in a text: `d•••@example.test`. */
export function maskAddresses(text: string): string {
  let masked = "";
  let done = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const start = localStart(text, at, done);
    const end = domainEnd(text, at);
    if (start === at || end === at + 1) continue;
    masked += `${text.slice(done, start)}${text.slice(start, start + 1)}•••${text.slice(at, end)}`;
    done = end;
  }
  return done === 0 ? text : masked + text.slice(done);
}

function localStart(text: string, at: number, floor: number): number {
  const least = Math.max(floor, at - longestLocalPart);
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2);
    if (quote >= least) return quote;
  }
  let start = at;
  while (start > least && !localEnds.has(text[start - 1] ?? "")) start -= 1;
  return start;
}

function domainEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && end - at <= 255 && isDomainSymbol(text, end)) end += 1;
  // A full stop or colon behind an address ends a sentence.
  while (end > at + 1 && /[.:]/.test(text[end - 1] ?? "")) end -= 1;
  return end;
}

function isDomainSymbol(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  // ASCII first, as nearly every domain is: letters, digits, "-", ".", ":" and the brackets of an address literal.
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 45 && code <= 58 && code !== 47) ||
      (code >= 65 && code <= 93 && code !== 92)
    );
  }
  return letterOrDigit.test(text[index] ?? "");
}
