import { bytesToHex } from "@noble/hashes/utils.js";
import { challengeMac } from "./binding/challenge-mac.ts";
import { codeDigest } from "./binding/code-digest.ts";
import { sealCode } from "./binding/seal-code.ts";
import { generateCode } from "./code/generate-code.ts";
import type { RingKey } from "./key/key-ring.ts";
import type { OneTimeCodePolicy } from "./one-time-code-policy.ts";
import type { IssueCodeRequest } from "./one-time-codes.ts";
import type { IssueChallengeRequest } from "./store/one-time-code-store.ts";

/** Makes a code and all that a store keeps of it; the code itself ends here, sealed. A decoy takes the same work. */
export async function makeChallenge(
  request: IssueCodeRequest & { lifetimeSeconds: number },
  surroundings: {
    key: RingKey;
    tenant: string;
    policy: OneTimeCodePolicy;
    decoy: boolean;
    nameHash: Uint8Array;
    destinationHash: Uint8Array;
    testMode: boolean;
  },
): Promise<IssueChallengeRequest> {
  const { idempotencyKey, runId, stepId, user, client, sessionId, purpose, alphabet, length, lifetimeSeconds } =
    request;
  const { key, tenant, policy, decoy, nameHash, destinationHash, testMode } = surroundings;
  const challengeId = crypto.randomUUID();
  const userId = user?.id ?? null;
  const binding = { challengeId, tenant, userId, clientId: client.id, purpose, sessionId };
  const keys = await key.subKeys();
  const code = generateCode({ alphabet, length });
  const mac = challengeMac(challengeId, userId, codeDigest(keys, binding, code));
  const sealed = await sealCode(keys, binding, code);
  return {
    ...binding,
    idempotencyKey,
    runId,
    stepId,
    ipClass: request.ipClass,
    destinationHash: bytesToHex(destinationHash),
    subject: userId === null ? `name:${bytesToHex(nameHash)}` : `user:${userId}`,
    decoy,
    alphabet,
    length,
    lifetimeSeconds,
    policy,
    kid: key.kid,
    mac: decoy ? crypto.getRandomValues(new Uint8Array(mac.length)) : mac,
    sealed: decoy ? null : sealed,
    testMode,
  };
}
