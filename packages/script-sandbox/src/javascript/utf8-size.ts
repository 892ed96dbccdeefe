const encoder = new TextEncoder();

/** Whether `text` takes more than `limitBytes` in UTF-8; most texts are judged by their length alone. */
export function exceedsUtf8Size(text: string, limitBytes: number): boolean {
  if (text.length > limitBytes) return true;
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 <= limitBytes) return false;
  return encoder.encode(text).byteLength > limitBytes;
}

/** The longest start of `text` that fits into `limitBytes` of UTF-8, and the bytes that it takes. */
export function cutToUtf8Size(text: string, limitBytes: number): { readonly text: string; readonly sizeBytes: number } {
  const { read, written } = encoder.encodeInto(text, new Uint8Array(Math.min(limitBytes, text.length * 3)));
  return { text: text.slice(0, read), sizeBytes: written };
}
