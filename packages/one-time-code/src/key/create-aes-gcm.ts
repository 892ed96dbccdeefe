import type { AesGcm } from "./aes-gcm.ts";
import { createNodeAesGcm } from "./node-aes-gcm.ts";
import { createWebAesGcm } from "./web-aes-gcm.ts";

/** By what is nearest: Node's own crypto in the same thread, else Web Crypto, which changes threads for each message. */
export function createAesGcm(key: Uint8Array<ArrayBuffer>): AesGcm {
  return createNodeAesGcm(key) ?? createWebAesGcm(key);
}
