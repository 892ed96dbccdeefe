import { vi } from "vitest";
import type { Demo } from "../create-demo.ts";

interface Mail {
  readonly to: string;
  readonly text: string;
  readonly html: string;
}

/** The newest mail that the demo caught for an address, once there is one. */
export async function mailTo({ url }: Pick<Demo, "url">, address: string): Promise<Mail> {
  return vi.waitFor(
    async () => {
      const mails = (await (await fetch(`${url}/inbox.json`)).json()) as Mail[];
      const mail = mails.find(({ to }) => to === address);
      if (mail === undefined) throw new Error("There is no such mail yet.");
      return mail;
    },
    { timeout: 20_000 },
  );
}

/** The digits in a mail. */
export function codeIn({ text }: Pick<Mail, "text">): string {
  return /\b\d{6,10}\b/.exec(text)?.[0] ?? "";
}
