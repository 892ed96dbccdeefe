import type { JsonObject, JsonValue } from "../component/json.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";

/** Remembers which codes were issued, so that a test or the CLI can type them without seeing them. */
export interface IssuedCodes {
  /** The same port; hand this one to the engine. */
  readonly oneTimeCodes: OneTimeCodes;
  /**
   * Replaces `{ "$issuedCode": "last" | "previous" | "wrong" }` at any depth by a code.
   *
   * @throws Error when no such code was issued.
   */
  substitute(value: JsonObject): JsonObject;
}

/** `openCode` opens the sealed code of a challenge; it exists in memory adapters only. */
export function rememberIssuedCodes(
  oneTimeCodes: OneTimeCodes,
  openCode: (challengeId: string) => Promise<string | null>,
): IssuedCodes {
  const codes: string[] = [];
  const seen = new Set<string>();
  const pick = (which: JsonValue): string => {
    const last = codes.at(-1);
    if (which === "wrong") return wrongCode(last ?? "000000");
    const code = which === "last" ? last : which === "previous" ? codes.at(-2) : undefined;
    if (code === undefined) {
      throw new Error(
        'No such code was issued. Write { "$issuedCode": "last" }, "previous" or "wrong", after a dataflow that issues one.',
      );
    }
    return code;
  };
  const substitute = (value: JsonValue): JsonValue => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(substitute);
    const object = value as JsonObject;
    const keys = Object.keys(object);
    if (keys.length === 1 && keys[0] === "$issuedCode") return pick(object["$issuedCode"] ?? null);
    return Object.fromEntries(keys.map((key) => [key, substitute(object[key] ?? null)]));
  };
  return {
    oneTimeCodes: {
      ...oneTimeCodes,
      async issue(request) {
        const issued = await oneTimeCodes.issue(request);
        // Opened at once: a code that has been used or has expired cannot be opened later.
        const code = issued.revealedCode ?? (await openCode(issued.challengeId));
        // A repeated step gets its challenge again: that is no further code.
        if (code !== null && !seen.has(issued.challengeId)) codes.push(code);
        seen.add(issued.challengeId);
        return issued;
      },
    },
    substitute: (value) => substitute(value) as JsonObject,
  };
}

/** A well-formed code that is not this one: its last symbol is another. */
function wrongCode(code: string): string {
  const last = code.at(-1);
  return code.slice(0, -1) + (last === "2" ? "3" : "2");
}
