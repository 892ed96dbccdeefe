import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from "node:crypto";

/** A password as it is kept. */
export interface HashedPassword {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** The OWASP recommendation: 128 MiB and some tenths of a second for each guess. */
const cost: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

export async function hashPassword(password: string, salt: Buffer = randomBytes(16)): Promise<HashedPassword> {
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, 32, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
  return { salt, hash };
}

export async function isPassword(password: string, kept: HashedPassword): Promise<boolean> {
  const { hash } = await hashPassword(password, kept.salt);
  return timingSafeEqual(hash, kept.hash);
}
