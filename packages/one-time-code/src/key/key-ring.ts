import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { InvalidKeyRingError } from "../one-time-code-error.ts";
import type { AesGcm } from "./aes-gcm.ts";
import { createAesGcm } from "./create-aes-gcm.ts";
import { makeSigningKey, type SigningKey } from "./signing-key.ts";

const keyBytes = 32;

/** HMAC-SHA-256 of a message under one key (RFC 2104). */
type KeyedHash = (message: Uint8Array) => Uint8Array;

/** Sub-keys of one ring key, one per use, so that no two uses share key material. */
export interface SubKeys {
  /** HMAC-SHA-256 over codes. */
  readonly mac: KeyedHash;
  /** Seals codes that wait for their delivery. */
  readonly seal: AesGcm;
  /** HMAC-SHA-256 over the names of unknown users. */
  readonly identifier: KeyedHash;
}

/** One key of a ring; its bytes cannot be read back. */
export interface RingKey {
  readonly kid: string;
  /** Derived at the first call, then kept. */
  subKeys(): Promise<SubKeys>;
  /** Seals for one use beside codes, see `createSecretBox`. */
  boxKey(use: string): Promise<AesGcm>;
  /** Ed25519 for one use: the same pair in every process that has this key. */
  signingKey(use: string): Promise<SigningKey>;
}

/** The keys of a process. */
export interface KeyRing {
  /** What new challenges are made with. */
  readonly current: RingKey;
  /** What older challenges may have been made with. */
  readonly others: readonly RingKey[];
  /** What names are hashed with, so that a decoy looks the same before and after a rotation. */
  readonly oldest: RingKey;
}

/**
 * Makes a key ring of 32-byte keys, listed oldest first. To rotate, add a key and make it current; drop an old key only
 * when its challenges are over (10 minutes), as they are refused from then on.
 * Source: RFC 5869 (HKDF); NIST SP 800-57 part 1 §5.2 (one key, one use).
 * @throws InvalidKeyRingError when the current key is missing or a key has another length.
 */
export function createKeyRing(options: { current: string; keys: Readonly<Record<string, Uint8Array>> }): KeyRing {
  const keys = Object.entries(options.keys).map(([kid, key]) => ringKey(kid, key));
  const current = keys.find(({ kid }) => kid === options.current);
  const [oldest] = keys;
  if (current === undefined || oldest === undefined) {
    throw new InvalidKeyRingError(
      `The key ring has no key "${options.current}", which is to be the current one. Add it, or name one that is there.`,
    );
  }
  return { current, others: keys.filter((key) => key !== current), oldest };
}

function ringKey(kid: string, key: Uint8Array): RingKey {
  if (!(key instanceof Uint8Array) || key.length !== keyBytes) {
    throw new InvalidKeyRingError(`Key "${kid}" does not have ${keyBytes} bytes. Make one with generateKey().`);
  }
  const bytes = new Uint8Array(key);
  let derived: Promise<SubKeys> | undefined;
  const boxKeys = new Map<string, Promise<AesGcm>>();
  const signingKeys = new Map<string, Promise<SigningKey>>();
  return {
    kid,
    subKeys: () => (derived ??= deriveSubKeys(bytes)),
    boxKey(use) {
      const boxKey = boxKeys.get(use) ?? deriveBoxKey(bytes, use);
      boxKeys.set(use, boxKey);
      return boxKey;
    },
    signingKey(use) {
      const signingKey = signingKeys.get(use) ?? deriveSigningKey(bytes, use);
      signingKeys.set(use, signingKey);
      return signingKey;
    },
  };
}

async function deriveSubKeys(key: Uint8Array<ArrayBuffer>): Promise<SubKeys> {
  const [mac, seal, identifier] = await Promise.all([
    deriveKey(key, "mac"),
    deriveKey(key, "seal"),
    deriveKey(key, "identifier"),
  ]);
  return { mac: keyedHash(mac), seal: createAesGcm(seal), identifier: keyedHash(identifier) };
}

/** Not Web Crypto's: that hands each short message to another thread, which takes longer than the hash. */
function keyedHash(key: Uint8Array): KeyedHash {
  const keyed = hmac.create(sha256, key);
  return (message) => keyed.clone().update(message).digest();
}

async function deriveBoxKey(key: Uint8Array<ArrayBuffer>, use: string): Promise<AesGcm> {
  return createAesGcm(await deriveKey(key, `box/${use}`));
}

async function deriveSigningKey(key: Uint8Array<ArrayBuffer>, use: string): Promise<SigningKey> {
  return makeSigningKey(await deriveKey(key, `sign/${use}`));
}

/** 32 bytes for one use. Source: RFC 5869. */
async function deriveKey(key: Uint8Array<ArrayBuffer>, use: string): Promise<Uint8Array<ArrayBuffer>> {
  const material = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const info = new TextEncoder().encode(`otp/v1/${use}`);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf, material, 256));
}
