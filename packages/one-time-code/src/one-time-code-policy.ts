import { InvalidPolicyError } from "./one-time-code-error.ts";

/** At most `max` in any `seconds`. */
export interface RateLimit {
  readonly seconds: number;
  readonly max: number;
}

/** From the `after`th failure on, the next try waits for `seconds` since the last one. */
export interface FailureWait {
  readonly after: number;
  readonly seconds: number;
}

/** The limits of one process, handed in at start; no interface changes them afterwards. */
export interface OneTimeCodePolicy {
  /** @default 60 */
  readonly minLifetimeSeconds: number;
  /** At most 600: NIST SP 800-63B-4 §3.1.3.2. @default 600 */
  readonly maxLifetimeSeconds: number;
  /** For a request that names none. @default 300 */
  readonly defaultLifetimeSeconds: number;
  /** Comparisons per challenge, counted over re-issues; 1–10 (RFC 4226 §7.3, throttling). @default 5 */
  readonly maxAttempts: number;
  /** Malformed inputs per challenge: they cost no attempt, but one more ends it. @default 20 */
  readonly maxMalformed: number;
  /** Per user, client and purpose: an issue within this time after the last one is suppressed. @default 30 */
  readonly resendCooldownSeconds: number;
  /** Codes that follow the first one of a session, client and purpose while it is neither over nor confirmed. @default 3 */
  readonly maxResends: number;
  /** How long the first code and its resends may live together. @default 600 */
  readonly maxChainSeconds: number;
  /**
   * A code that would live shorter is not made: nothing is sent with less than 30 seconds to live, and a mail may wait some
   * before it is begun. @default 35
   */
  readonly minSendSeconds: number;
  /** Active challenges per user, client and purpose over all sessions; the oldest gives way. @default 3 */
  readonly maxActivePerUser: number;
  /** Codes issued per user, client and purpose. @default 5 in 10 min, 10 in 1 h, 20 in a day */
  readonly userIssues: readonly RateLimit[];
  /** Codes for one address, over all users: nobody's mailbox is a target. @default 10 in 1 h, 30 in a day */
  readonly destinationIssues: readonly RateLimit[];
  /** Failed comparisons per user over all runs, sessions and clients. @default 20 in a day */
  readonly userFailures: RateLimit;
  /** @default after 5: 30 s, after 10: 5 min, after 15: 30 min */
  readonly failureWaits: readonly FailureWait[];
  /** Per network of the caller (IPv4 /32, IPv6 /64). @default 30 in 10 min */
  readonly networkIssues: RateLimit;
  /** @default 60 in 10 min */
  readonly networkConfirms: RateLimit;
  /** Per client. @default 600 in 1 min */
  readonly clientIssues: RateLimit;
  /** @default 1,200 in 1 min */
  readonly clientConfirms: RateLimit;
  /** Mail domains that decoys show: name those of your own users, else a decoy can be told by its domain. @default ["example.test"] */
  readonly decoyDomains: readonly string[];
}

const defaults: OneTimeCodePolicy = {
  minLifetimeSeconds: 60,
  maxLifetimeSeconds: 600,
  defaultLifetimeSeconds: 300,
  maxAttempts: 5,
  maxMalformed: 20,
  resendCooldownSeconds: 30,
  maxResends: 3,
  maxChainSeconds: 600,
  minSendSeconds: 35,
  maxActivePerUser: 3,
  userIssues: [
    { seconds: 600, max: 5 },
    { seconds: 3600, max: 10 },
    { seconds: 86_400, max: 20 },
  ],
  destinationIssues: [
    { seconds: 3600, max: 10 },
    { seconds: 86_400, max: 30 },
  ],
  userFailures: { seconds: 86_400, max: 20 },
  failureWaits: [
    { after: 5, seconds: 30 },
    { after: 10, seconds: 300 },
    { after: 15, seconds: 1800 },
  ],
  networkIssues: { seconds: 600, max: 30 },
  networkConfirms: { seconds: 600, max: 60 },
  clientIssues: { seconds: 60, max: 600 },
  clientConfirms: { seconds: 60, max: 1200 },
  decoyDomains: ["example.test"],
};

/** Fills a policy up with the defaults. @throws InvalidPolicyError for a value out of range. */
export function createOneTimeCodePolicy(changes: Partial<OneTimeCodePolicy> = {}): OneTimeCodePolicy {
  const policy = { ...defaults, ...changes };
  const check = (name: WholeNumberName, min: number, max: number) =>
    checkWholeNumber(`"${name}"`, policy[name], min, max);
  check("minLifetimeSeconds", 60, 600);
  check("maxLifetimeSeconds", policy.minLifetimeSeconds, 600);
  check("defaultLifetimeSeconds", policy.minLifetimeSeconds, policy.maxLifetimeSeconds);
  check("maxAttempts", 1, 10);
  check("maxMalformed", 0, 1000);
  check("resendCooldownSeconds", 0, 600);
  check("maxResends", 0, 10);
  check("maxChainSeconds", policy.maxLifetimeSeconds, 600);
  check("minSendSeconds", 0, policy.minLifetimeSeconds - 1);
  check("maxActivePerUser", 1, 1000);
  for (const name of rateLimitNames) {
    const limits = policy[name];
    for (const limit of "max" in limits ? [limits] : limits) {
      checkWholeNumber(`"${name}" (seconds)`, limit.seconds, 1, 604_800);
      checkWholeNumber(`"${name}" (max)`, limit.max, 1, 1_000_000_000);
    }
  }
  for (const { after, seconds } of policy.failureWaits) {
    checkWholeNumber('"failureWaits" (after)', after, 1, policy.userFailures.max);
    checkWholeNumber('"failureWaits" (seconds)', seconds, 0, policy.userFailures.seconds);
  }
  if (policy.decoyDomains.length === 0) {
    throw new InvalidPolicyError('The policy\'s "decoyDomains" is empty. Name at least one mail domain of your users.');
  }
  return policy;
}

const rateLimitNames = [
  "userIssues",
  "destinationIssues",
  "userFailures",
  "networkIssues",
  "networkConfirms",
  "clientIssues",
  "clientConfirms",
] as const;

type WholeNumberName = {
  [Name in keyof OneTimeCodePolicy]: OneTimeCodePolicy[Name] extends number ? Name : never;
}[keyof OneTimeCodePolicy];

function checkWholeNumber(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new InvalidPolicyError(`The policy's ${name} is ${value}. Set a whole number from ${min} to ${max}.`);
  }
}
