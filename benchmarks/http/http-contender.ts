import type { RequestListener } from "node:http";

/** A server that issues a code, stores it and confirms it in one request, and what it wants to be asked. */
export interface HttpContender {
  readonly listener: RequestListener;
  readonly path: string;
  /** A header, where callers are checked. */
  readonly authorization?: string;
}
