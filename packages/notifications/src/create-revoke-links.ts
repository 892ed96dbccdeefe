import type { SecretBox } from "@onceflow/step-runtime";

/** The "this was not me" links of mails. */
export interface RevokeLinks {
  make(challengeId: string): Promise<string>;
  /** The challenge of a link's token; null when we made no such token. Whether its code is over, the codes' store decides. */
  read(token: string): Promise<string | null>;
}

const context = "not-me";

/**
 * Makes links whose tokens tell nothing and that nobody else can make: `{publicUrl}/not-me/{token}`. A token has no end
 * of its own, which would be by another clock than the code's: a challenge that is over cannot be revoked.
 */
export function createRevokeLinks({ secretBox, publicUrl }: { secretBox: SecretBox; publicUrl: string }): RevokeLinks {
  return {
    async make(challengeId) {
      const sealed = await secretBox.seal(new TextEncoder().encode(challengeId), context);
      return `${publicUrl}/not-me/${Buffer.from(sealed).toString("base64url")}`;
    },
    async read(token) {
      const plain = await secretBox.open(Buffer.from(token, "base64url"), context);
      return plain === null ? null : new TextDecoder().decode(plain);
    },
  };
}
