import { componentLimits } from "./component-limits.ts";

/** A text, or why there is none. */
export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: "too-large" | "wrong-encoding" | "empty-file"; readonly message: string };

/** Turns the bytes of a component file into text; a UTF-8 byte order mark is dropped. */
export function decodeComponentText(source: string | Uint8Array): DecodedText {
  const size = typeof source === "string" ? utf8Size(source) : source.byteLength;
  if (size > componentLimits.sizeBytes) {
    const found = (size / 1024 / 1024).toFixed(1);
    return refuse(
      "too-large",
      `The file has ${found} MiB, a component may have 8 MiB. Split it into several components.`,
    );
  }
  const text = typeof source === "string" ? source.replace(/^\uFEFF/, "") : decode(source);
  if (text === null || /^(?:\0[^\0]|[^\0]\0)/.test(text)) {
    const found = typeof source !== "string" && !isUtf16(source) ? "bytes that are not UTF-8" : "UTF-16";
    return refuse(
      "wrong-encoding",
      `The file holds ${found}, expected a JSON text in UTF-8. Save it as UTF-8 and try again.`,
    );
  }
  if (text.trim().length < 2) {
    const found = text.trim() === "" ? "is empty" : "holds a single character";
    return refuse("empty-file", `The file ${found}, expected a JSON object with "format": "onceflow/component".`);
  }
  return { ok: true, text };
}

function refuse(code: "too-large" | "wrong-encoding" | "empty-file", message: string): DecodedText {
  return { ok: false, code, message };
}

function decode(bytes: Uint8Array): string | null {
  if (isUtf16(bytes)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** By its byte order mark, or by the NUL beside the first character. */
function isUtf16([first, second]: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false;
  const mark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return mark || (first === 0) !== (second === 0);
}

function utf8Size(text: string): number {
  // One UTF-16 unit is at most three bytes: most texts need no counting.
  return text.length * 3 <= componentLimits.sizeBytes || text.length > componentLimits.sizeBytes
    ? text.length
    : new TextEncoder().encode(text).byteLength;
}
