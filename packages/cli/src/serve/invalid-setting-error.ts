/** A setting of the environment that cannot be used. */
export class InvalidSettingError extends Error {
  override readonly name = "InvalidSettingError";
  readonly code = "invalid-setting";
}
