import { createOneTimeCodes } from "../create-one-time-codes.ts";
import { generateKey } from "../key/generate-key.ts";
import { createKeyRing, type KeyRing } from "../key/key-ring.ts";
import { createOneTimeCodePolicy, type OneTimeCodePolicy } from "../one-time-code-policy.ts";
import type {
  CodeConfirmation,
  ConfirmCodeRequest,
  IssueCodeRequest,
  IssuedCode,
  OneTimeCodes,
} from "../one-time-codes.ts";
import type { OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import type { OneTimeCodeStore } from "../store/one-time-code-store.ts";

/** A new, empty store with a clock that stands still until it is advanced. */
export interface OneTimeCodeStoreFixture {
  readonly store: OneTimeCodeStore;
  /** Moves the store's clock forward by whole milliseconds. */
  advance(ms: number): void | Promise<void>;
  /** The audit events committed so far, in order. */
  audit(): readonly OneTimeCodeAuditEvent[] | Promise<readonly OneTimeCodeAuditEvent[]>;
  /** Everything that is stored, whatever its form; bytes as `Uint8Array`. */
  dump(): unknown;
}

/** A store under test with a service on it, and the shortest words to use them. */
export interface TestBench extends OneTimeCodeStoreFixture {
  readonly keyRing: KeyRing;
  readonly codes: OneTimeCodes;
  /** The same store behind another service. */
  serve(changes: { tenant?: string; keyRing?: KeyRing; testMode?: boolean; policy?: OneTimeCodePolicy }): OneTimeCodes;
  issue(changes?: Partial<IssueCodeRequest>): Promise<IssuedCode>;
  /** Submits under a new attempt id, unless one is given. */
  confirm(code: unknown, changes?: Partial<ConfirmCodeRequest>): Promise<CodeConfirmation>;
  /** The same over a service of its own. */
  issueWith(codes: OneTimeCodes, changes: Partial<IssueCodeRequest>): Promise<IssuedCode>;
  confirmWith(codes: OneTimeCodes, code: unknown, changes?: Partial<ConfirmCodeRequest>): Promise<CodeConfirmation>;
  /** The code that would be mailed. */
  codeOf(issued: IssuedCode): Promise<string>;
  attemptsOf(issued: IssuedCode): Promise<number | undefined>;
}

/** Limits that are never reached, where a test is about something else. */
export const generousPolicy = createOneTimeCodePolicy({
  resendCooldownSeconds: 0,
  maxResends: 10,
  minSendSeconds: 0,
  maxMalformed: 1000,
  userIssues: [{ seconds: 1, max: 1000 }],
  destinationIssues: [{ seconds: 1, max: 1000 }],
  userFailures: { seconds: 1, max: 1000 },
  failureWaits: [],
  networkIssues: { seconds: 1, max: 10_000 },
  networkConfirms: { seconds: 1, max: 10_000 },
  clientIssues: { seconds: 1, max: 10_000 },
  clientConfirms: { seconds: 1, max: 10_000 },
});

/** A user whom a code reaches. */
export const dana = { id: "u-dana", email: "dana@example.test", enabled: true, test: true };

/** One of many users whom a code reaches. */
export function numberedUser(index: number): typeof dana {
  return { ...dana, id: `u-${index}`, email: `user-${index}@example.test` };
}

/** A code of the same form that is not the given one. */
export function wrongCode(code: string, offset = 1): string {
  return ((Number(code) + offset) % 10 ** code.length).toString().padStart(code.length, "0");
}

/** A request for a code; every one is a step activation of its own. */
export function issueRequest(changes: Partial<IssueCodeRequest> = {}): IssueCodeRequest {
  return {
    idempotencyKey: crypto.randomUUID(),
    runId: "run-1",
    stepId: "code",
    user: dana,
    typedName: "dana",
    client: { id: "digital-workplace", test: true },
    sessionId: "session-1",
    ipClass: null,
    purpose: "second_factor",
    alphabet: "digits",
    length: 6,
    lifetimeSeconds: 300,
    ...changes,
  };
}

/** A submission; every one is a step activation of its own. */
export function confirmRequest(code: unknown, changes: Partial<ConfirmCodeRequest> = {}): ConfirmCodeRequest {
  return {
    attemptId: crypto.randomUUID(),
    runId: "run-2",
    stepId: "confirm",
    clientId: "digital-workplace",
    userId: dana.id,
    sessionId: "session-1",
    ipClass: null,
    purpose: "second_factor",
    challengeId: null,
    ...changes,
    code,
  };
}

/** Sets a service on a store under test; its limits are generous ones. */
export function createTestBench(
  fixture: OneTimeCodeStoreFixture,
  { keyRing = createKeyRing({ current: "k1", keys: { k1: generateKey() } }) }: { keyRing?: KeyRing } = {},
): TestBench {
  const { store } = fixture;
  const serve: TestBench["serve"] = (changes) =>
    createOneTimeCodes({ store, keyRing, testMode: false, policy: generousPolicy, ...changes });
  const codes = serve({});
  return {
    store,
    advance: (ms) => fixture.advance(ms),
    audit: () => fixture.audit(),
    dump: () => fixture.dump(),
    keyRing,
    codes,
    serve,
    issue: (changes) => codes.issue(issueRequest(changes)),
    confirm: (code, changes) => codes.confirm(confirmRequest(code, changes)),
    issueWith: (service, changes) => service.issue(issueRequest(changes)),
    confirmWith: (service, code, changes) => service.confirm(confirmRequest(code, changes)),
    codeOf: async ({ challengeId }) => {
      const opened = await codes.openForDelivery(challengeId);
      if (opened === null) throw new Error(`Challenge "${challengeId}" has no live code.`);
      return opened.code;
    },
    attemptsOf: async ({ challengeId }) => (await store.read({ tenant: "default", challengeId }))?.attempts,
  };
}
