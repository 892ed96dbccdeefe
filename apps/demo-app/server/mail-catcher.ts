import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as the demo caught it. */
interface CaughtMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly messageId: string;
}

/** A mail server on loopback that delivers nothing: it shows what it got. */
export interface MailCatcher {
  /** `smtp://127.0.0.1:port`. */
  readonly url: string;
  /** Newest first. */
  mails(): readonly CaughtMail[];
  close(): Promise<void>;
}

/** How many mails are kept. */
const kept = 200;

/** Starts one on a free port. */
export async function startMailCatcher(): Promise<MailCatcher> {
  let mails: readonly CaughtMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    size: 5_000_000,
    async onData(stream, session, callback) {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const mail = await PostalMime.parse(Buffer.concat(chunks));
        const caught: CaughtMail = {
          to: session.envelope.rcptTo.map(({ address }) => address).join(", "),
          subject: mail.subject ?? "",
          text: mail.text ?? "",
          html: mail.html ?? "",
          at: new Date().toISOString(),
          messageId: mail.messageId ?? "",
        };
        mails = [caught, ...mails].slice(0, kept);
        callback();
      } catch (error) {
        callback(error instanceof Error ? error : new Error("The mail cannot be read."));
      }
    },
  });
  // A connection that breaks is the sender's trouble.
  server.on("error", () => undefined);
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
