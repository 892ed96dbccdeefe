import { sha256 } from "@noble/hashes/sha2.js";

// A prefix that people and secret scanners recognise, the id, 256 random bits.
const form = /^onceflow_([0-9a-f]{16})_[\w-]{43}$/;

/** Makes the text of a new API key, its id and the hash to store. */
export function makeApiKey(): { key: string; keyId: string; hash: Uint8Array } {
  const [id, secret] = [new Uint8Array(8), new Uint8Array(32)];
  // Of the system's generator always: the random port of a test may be seeded.
  crypto.getRandomValues(id);
  crypto.getRandomValues(secret);
  const keyId = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = btoa(String.fromCharCode(...secret));
  const key = `onceflow_${keyId}_${text.replaceAll("+", "-").replaceAll("/", "_").replace("=", "")}`;
  return { key, keyId, hash: hashOf(key) };
}

/** The id in the text of an API key, by which its row is found; null for a text of another form. */
export function apiKeyIdIn(text: string): string | null {
  return form.exec(text)?.[1] ?? null;
}

/** Whether the text is the key that was stored as this hash, in a time that tells nothing about either. */
export function isApiKey(text: string, hash: Uint8Array): boolean {
  const given = hashOf(text);
  let difference = given.length ^ hash.length;
  for (const [index, byte] of given.entries()) difference |= byte ^ (hash[index] ?? 0);
  return difference === 0;
}

/**
 * SHA-256 (FIPS 180-4), once: a slow hash makes guessing dear where people choose what is guessed; nobody guesses 256
 * random bits, and each request would pay for it. Not Web Crypto's, which changes threads for it.
 */
function hashOf(key: string): Uint8Array {
  return sha256(new TextEncoder().encode(key));
}
