/** A message template that does not render, or would put the code where it must not be. */
export class MessageTemplateError extends Error {
  override readonly name = "MessageTemplateError";
  readonly code = "message-template";
  /** What is wrong, for the template's author; without code, address or value of the model. */
  readonly reason: string;
  constructor(reason: string) {
    super(`The message cannot be made: ${reason}`);
    this.reason = reason;
  }
}
