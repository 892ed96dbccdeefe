/** Base of everything this package throws; recognise a mistake by `code`, not by `instanceof`. */
export class OneTimeCodeError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A code was asked for with an alphabet, length, purpose or lifetime that is not allowed. */
export class InvalidCodeSettingError extends OneTimeCodeError {
  readonly setting: "alphabet" | "length" | "purpose" | "lifetimeSeconds";

  constructor(setting: InvalidCodeSettingError["setting"], message: string) {
    super("invalid-code-setting", message);
    this.setting = setting;
  }
}

/** The policy handed in at start is outside what the rules allow. */
export class InvalidPolicyError extends OneTimeCodeError {
  constructor(message: string) {
    super("invalid-policy", message);
  }
}

/** The key ring lacks its current key or holds one that is not 32 bytes long: do not start. */
export class InvalidKeyRingError extends OneTimeCodeError {
  constructor(message: string) {
    super("invalid-key-ring", message);
  }
}

/** An idempotency key came back with another user, client, session or purpose. */
export class IdempotencyKeyReusedError extends OneTimeCodeError {
  readonly challengeId: string;

  constructor(challengeId: string) {
    super(
      "idempotency-key-reused",
      `Challenge "${challengeId}" was issued under this idempotency key for another user, client, session or purpose. Make the key from run, step and activation.`,
    );
    this.challengeId = challengeId;
  }
}

/** A live challenge's sealed code does not open: its key was dropped, or the row was changed. */
export class SealedCodeUnreadableError extends OneTimeCodeError {
  readonly challengeId: string;
  readonly kid: string;

  constructor(challengeId: string, kid: string, options?: ErrorOptions) {
    super(
      "sealed-code-unreadable",
      `The sealed code of challenge "${challengeId}" does not open with key "${kid}". Put that key back into the ring, or have a new code issued.`,
      options,
    );
    this.challengeId = challengeId;
    this.kid = kid;
  }
}
