import { ProblemError } from "../problems/problem-error.ts";

/**
 * Reads a body as UTF-8 text, without ever holding more than the limit or waiting longer than the time.
 *
 * @throws ProblemError `body-too-large`, `body-too-slow` or `malformed-body`; the rest of the body is not read
 */
export async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
): Promise<string> {
  if (Number(request.headers.get("Content-Length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  if (reader === undefined) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  const deadline = rejectAfter(timeoutMs);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), deadline.promise]);
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    // A sender that went away has nothing to hear about it.
    reader.cancel().catch(() => undefined);
    if (error instanceof ProblemError) throw error;
    throw new ProblemError("malformed-body", "Send the body whole and in UTF-8.", { cause: error });
  } finally {
    deadline.clear();
  }
}

// The connection is closed after either, so that the rest of the body is not waited for.
const closing = { headers: { Connection: "close" } };

function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError("body-too-large", `Send at most ${maxBytes} bytes.`, closing);
}

function rejectAfter(timeoutMs: number): { promise: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ProblemError("body-too-slow", `Send the whole body within ${timeoutMs / 1000} seconds.`, closing));
    }, timeoutMs);
  });
  return { promise, clear: () => clearTimeout(timer) };
}
