import { InvalidPolicyError } from "./one-time-code-error.ts";

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
  /** When another code may be asked for. @default 30 */
  readonly resendCooldownSeconds: number;
  /** Active challenges per user, client and purpose over all sessions; the oldest gives way. @default 3 */
  readonly maxActivePerUser: number;
  /** Mail domains that decoys show: name those of your own users, else a decoy can be told by its domain. @default ["example.test"] */
  readonly decoyDomains: readonly string[];
}

const defaults: OneTimeCodePolicy = {
  minLifetimeSeconds: 60,
  maxLifetimeSeconds: 600,
  defaultLifetimeSeconds: 300,
  maxAttempts: 5,
  resendCooldownSeconds: 30,
  maxActivePerUser: 3,
  decoyDomains: ["example.test"],
};

/** Fills a policy up with the defaults. @throws InvalidPolicyError for a value out of range. */
export function createOneTimeCodePolicy(changes: Partial<OneTimeCodePolicy> = {}): OneTimeCodePolicy {
  const policy = { ...defaults, ...changes };
  checkRange(policy, "minLifetimeSeconds", 60, 600);
  checkRange(policy, "maxLifetimeSeconds", policy.minLifetimeSeconds, 600);
  checkRange(policy, "defaultLifetimeSeconds", policy.minLifetimeSeconds, policy.maxLifetimeSeconds);
  checkRange(policy, "maxAttempts", 1, 10);
  checkRange(policy, "resendCooldownSeconds", 0, 600);
  checkRange(policy, "maxActivePerUser", 1, 1000);
  if (policy.decoyDomains.length === 0) {
    throw new InvalidPolicyError('The policy\'s "decoyDomains" is empty. Name at least one mail domain of your users.');
  }
  return policy;
}

function checkRange(
  policy: OneTimeCodePolicy,
  name: Exclude<keyof OneTimeCodePolicy, "decoyDomains">,
  min: number,
  max: number,
): void {
  const value = policy[name];
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new InvalidPolicyError(`The policy's "${name}" is ${value}. Set a whole number from ${min} to ${max}.`);
  }
}
