export { createOneTimeCodes } from "./create-one-time-codes.ts";
export type {
  CallLimit,
  CodeConfirmation,
  ConfirmCodeRequest,
  IssueCodeRequest,
  IssuedCode,
  OneTimeCodes,
  OpenedCode,
} from "./one-time-codes.ts";
export {
  createOneTimeCodePolicy,
  type FailureWait,
  type OneTimeCodePolicy,
  type RateLimit,
} from "./one-time-code-policy.ts";
export {
  IdempotencyKeyReusedError,
  InvalidCodeSettingError,
  InvalidKeyRingError,
  InvalidPolicyError,
  OneTimeCodeError,
  SealedCodeUnreadableError,
} from "./one-time-code-error.ts";

// code
export { type AlphabetRule, type CodeAlphabet, codeAlphabets } from "./code/code-alphabet.ts";
export { type CodePurpose, minimumCodes } from "./code/code-purpose.ts";
export { type CleanCode, cleanCode } from "./code/clean-code.ts";
export { generateCode, type RandomBytes } from "./code/generate-code.ts";

// key
export { generateKey } from "./key/generate-key.ts";
export { createKeyRing, type KeyRing, type RingKey, type SubKeys } from "./key/key-ring.ts";
export { newKeyRingText, parseKeyRing, rotateKeyRingText } from "./key/key-ring-text.ts";
export { createSecretBox, type SecretBox } from "./key/secret-box.ts";
export type { SigningKey } from "./key/signing-key.ts";

// binding
export type { CodeContext, KeyedDigest } from "./binding/code-digest.ts";
export type { CodeBinding } from "./binding/seal-code.ts";

// destination
export { maskDestination } from "./destination/mask-destination.ts";
export { normalizeIdentifier } from "./destination/normalize-identifier.ts";

// store
export type { Challenge, ChallengeState } from "./store/challenge.ts";
export type {
  BudgetScope,
  ConfirmFailure,
  IssueSuppression,
  OneTimeCodeAuditEvent,
} from "./store/one-time-code-audit-event.ts";
export type {
  CallLimitRequest,
  ChallengeConfirmation,
  ChallengeIssue,
  ConfirmChallengeRequest,
  IssueChallengeRequest,
  OneTimeCodeStore,
} from "./store/one-time-code-store.ts";

// memory
export { createMemoryOneTimeCodeStore, type MemoryOneTimeCodeStore } from "./memory/memory-one-time-code-store.ts";
