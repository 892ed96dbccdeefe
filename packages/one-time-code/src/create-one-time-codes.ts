import { codeDigests } from "./binding/code-digest.ts";
import { openCode } from "./binding/seal-code.ts";
import { checkCodeSettings } from "./code/check-code-settings.ts";
import { cleanCode } from "./code/clean-code.ts";
import { decoyDestination } from "./destination/decoy-destination.ts";
import { identifierHash } from "./destination/identifier-hash.ts";
import { isMailAddress, maskDestination } from "./destination/mask-destination.ts";
import type { KeyRing } from "./key/key-ring.ts";
import { makeChallenge } from "./make-challenge.ts";
import { IdempotencyKeyReusedError, SealedCodeUnreadableError } from "./one-time-code-error.ts";
import { createOneTimeCodePolicy, type OneTimeCodePolicy } from "./one-time-code-policy.ts";
import type { ConfirmCodeRequest, IssueCodeRequest, OneTimeCodes } from "./one-time-codes.ts";
import type { Challenge } from "./store/challenge.ts";
import type { OneTimeCodeStore } from "./store/one-time-code-store.ts";

/**
 * Puts codes, keys and a store together; every call is one commit of the store.
 * @default tenant "default"
 * @default policy createOneTimeCodePolicy()
 */
export function createOneTimeCodes(options: {
  store: OneTimeCodeStore;
  keyRing: KeyRing;
  tenant?: string;
  policy?: OneTimeCodePolicy;
  /** The process was started in test mode: codes for test users of test clients are shown. */
  testMode: boolean;
}): OneTimeCodes {
  const { store, keyRing, tenant = "default", policy = createOneTimeCodePolicy(), testMode } = options;

  async function open(challenge: Challenge, sealed: Uint8Array): Promise<string> {
    const { challengeId, kid } = challenge;
    const key = [keyRing.current, ...keyRing.others].find((candidate) => candidate.kid === kid);
    if (key === undefined) throw new SealedCodeUnreadableError(challengeId, kid);
    try {
      return await openCode(await key.subKeys(), challenge, sealed);
    } catch (cause) {
      throw new SealedCodeUnreadableError(challengeId, kid, { cause });
    }
  }

  return {
    async issue(request) {
      const { user, client, typedName, lifetimeSeconds = policy.defaultLifetimeSeconds } = request;
      checkCodeSettings({ ...request, lifetimeSeconds }, policy);
      // Hashed for known users as well: the same work for everybody. By their ID: it is one, however they are named.
      const names = await keyRing.oldest.subKeys();
      const hash = identifierHash(names, tenant, user?.id ?? typedName);
      const address = user !== null && user.email !== null && isMailAddress(user.email) ? user.email : null;
      const decoy = address === null || user?.enabled !== true;
      const shown = testMode && client.test && user?.test === true && !decoy;
      // A decoy has a mailbox of its own: one that shared a real one's budget would keep mails from that, and send none.
      const mailbox = decoy ? `decoy:${user?.id ?? typedName}` : `destination:${address}`;
      const destinationHash = identifierHash(names, tenant, mailbox);
      const { challenge, suppressed, resendAvailableAtMs } = await store.issue(
        await makeChallenge(
          { ...request, lifetimeSeconds },
          { key: keyRing.current, tenant, policy, decoy, nameHash: hash, destinationHash, testMode: shown },
        ),
      );
      checkSameFacts(challenge, request);
      return {
        challengeId: challenge.challengeId,
        channel: "email",
        // A disabled user's own address is masked as before: so is anybody's, and it tells least.
        destination:
          address === null ? decoyDestination(typedName, hash, policy.decoyDomains) : maskDestination(address),
        expiresAt: isoTime(challenge.expiresAtMs),
        length: challenge.length,
        resendAvailableAt: isoTime(resendAvailableAtMs),
        revealedCode: shown && challenge.sealed !== null ? await open(challenge, challenge.sealed) : null,
        deliver: suppressed === null && challenge.sealed !== null,
      };
    },

    async confirm(request: ConfirmCodeRequest) {
      const { code, ...facts } = request;
      const clean = cleanCode(code);
      const symbols = clean?.symbols ?? "";
      const confirmation = await store.confirm({
        ...facts,
        tenant,
        policy,
        shape: clean && { length: symbols.length, alphabets: clean.alphabets },
        digests: await codeDigests(keyRing, { ...facts, tenant }, symbols),
      });
      if (confirmation.outcome !== "confirmed") {
        const retryAtMs = confirmation.outcome === "rejected" ? confirmation.retryAtMs : null;
        const retryAt = retryAtMs === null ? null : isoTime(retryAtMs);
        return { outcome: confirmation.outcome, retryAt, at: null, challengeId: null, userId: null };
      }
      const { challengeId, userId, atMs } = confirmation;
      return { outcome: "confirmed", retryAt: null, at: isoTime(atMs), challengeId, userId };
    },

    revokeRun: (runId) => store.revokeRun({ tenant, runId }),
    revokeByUser: (challengeId) => store.revokeByUser({ tenant, challengeId }),
    unlock: (userId) => store.unlock({ tenant, userId }),

    async callLimit(caller) {
      const limit = await store.callLimit({ ...caller, tenant, policy });
      if (limit === null) return null;
      const { retryAtMs, nowMs } = limit;
      return { retryAt: isoTime(retryAtMs), retryAfterSeconds: Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000)) };
    },

    async openForDelivery(challengeId) {
      const challenge = await store.read({ tenant, challengeId });
      if (challenge === null || challenge.sealed === null) return null;
      return {
        code: await open(challenge, challenge.sealed),
        issuedAt: isoTime(challenge.createdAtMs),
        expiresAt: isoTime(challenge.expiresAtMs),
      };
    },
  };
}

/** The store answers by the idempotency key alone; a key used twice must not hand one caller's challenge to another. */
function checkSameFacts(challenge: Challenge, request: IssueCodeRequest): void {
  const same =
    challenge.userId === (request.user?.id ?? null) &&
    challenge.clientId === request.client.id &&
    challenge.sessionId === request.sessionId &&
    challenge.purpose === request.purpose;
  if (!same) throw new IdempotencyKeyReusedError(challenge.challengeId);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
