// RFC 5322 §3.4 allows far more; one plain address, which nothing turns into two or into a header, is all that is needed.
const mailAddress = /^[^\s@\p{Cc},;<>"]{1,64}@[^\s@\p{Cc},;<>"]{1,255}$/u;

/** Whether a text is one mail address and nothing else. */
export function isMailAddress(text: string): boolean {
  return mailAddress.test(text);
}
