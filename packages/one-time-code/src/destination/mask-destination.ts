const mailAddress = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,255}$/u;

/** Whether a text has the form of one mail address; line breaks and further recipients have not. */
export function isMailAddress(text: string): boolean {
  return mailAddress.test(text) && !/[,;<>]/u.test(text);
}

/** Masks a mail address down to its first character and domain, in lower case: `Dana@example.test` → `d•••@example.test`. */
export function maskDestination(address: string): string {
  const at = address.lastIndexOf("@");
  const [first = ""] = address;
  return `${first.toLowerCase()}•••@${address.slice(at + 1).toLowerCase()}`;
}
