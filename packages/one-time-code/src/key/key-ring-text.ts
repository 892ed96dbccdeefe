import { InvalidKeyRingError } from "../one-time-code-error.ts";
import { generateKey } from "./generate-key.ts";
import { createKeyRing, type KeyRing } from "./key-ring.ts";

/** The keys of a ring as they are written down, oldest first. */
interface WrittenKeyRing {
  readonly current: string;
  /** 32 bytes each, in base64. */
  readonly keys: Readonly<Record<string, string>>;
}

const shape = 'Write { "current": "k1", "keys": { "k1": "<32 bytes in base64>" } }.';

/**
 * Reads a key ring: JSON with the id of the current key and every key in base64, oldest first.
 *
 * @throws InvalidKeyRingError, which never quotes the text
 */
export function parseKeyRing(text: string): KeyRing {
  const { current, keys } = read(text);
  return createKeyRing({
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([kid, key]) => [kid, fromBase64(kid, key)])),
  });
}

/** The text of a new key ring with one key. */
export function newKeyRingText(): string {
  return print({ current: "k1", keys: { k1: toBase64(generateKey()) } });
}

/**
 * The text of a key ring with one more key, which becomes the current one.
 *
 * @throws InvalidKeyRingError
 */
export function rotateKeyRingText(text: string): string {
  parseKeyRing(text);
  const { keys } = read(text);
  const numbers = Object.keys(keys).map((kid) => Number(/^k(\d{1,9})$/.exec(kid)?.[1] ?? 0));
  const current = `k${Math.max(0, ...numbers) + 1}`;
  return print({ current, keys: { ...keys, [current]: toBase64(generateKey()) } });
}

function read(text: string): WrittenKeyRing {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidKeyRingError(`The key ring is not JSON. ${shape}`);
  }
  if (typeof value !== "object" || value === null || !("current" in value) || !("keys" in value)) {
    throw new InvalidKeyRingError(`The key ring has another form than expected. ${shape}`);
  }
  const { current, keys } = value;
  const isText = (entry: unknown) => typeof entry === "string";
  if (typeof current !== "string" || typeof keys !== "object" || keys === null || !Object.values(keys).every(isText)) {
    throw new InvalidKeyRingError(`The key ring has another form than expected. ${shape}`);
  }
  return { current, keys: keys as Readonly<Record<string, string>> };
}

function print(ring: WrittenKeyRing): string {
  return `${JSON.stringify(ring, null, 2)}\n`;
}

function fromBase64(kid: string, text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new InvalidKeyRingError(`Key "${kid}" is not base64. ${shape}`);
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
