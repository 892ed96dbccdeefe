import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";

/** What a mail server does with one mail: null takes it, a number is the reply that it is refused with. */
type Answer =
  | null
  | number
  | { readonly toRecipient: number }
  /** The mail is taken, and the connection is gone before the server says so. */
  | "take-and-drop"
  /** The server never answers. */
  | "hang";

/** A mail as it was on the wire. */
export interface CaughtMail {
  readonly recipients: readonly string[];
  readonly secure: boolean;
  readonly source: string;
  /** The part of the source before the first empty line, unfolded. */
  readonly headers: string;
  /** The rest, with its quoted-printable UTF-8 decoded. */
  readonly body: string;
}

/** Starts a mail server on loopback that answers each mail as told, then takes all. */
export async function startMailServer(answers: readonly Answer[] = [], options: SMTPServerOptions = {}) {
  const caught: CaughtMail[] = [];
  const left = [...answers];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    ...options,
    onRcptTo(_address, _session, callback) {
      const [next] = left;
      if (typeof next !== "object" || next === null) return callback();
      left.shift();
      callback(refusal(next.toRecipient));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
      stream.on("end", () => {
        const answer = left.shift() ?? null;
        if (typeof answer === "number") return callback(refusal(answer));
        if (answer === "hang") return;
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        caught.push(readMail(Buffer.concat(chunks).toString("latin1"), { recipients, secure: session.secure }));
        if (answer === null) return callback();
        for (const socket of sockets) socket.end();
      });
    },
  });
  // Connections that break are a part of these tests.
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => void sockets.add(socket));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  onTestFinished(stop);
  return { url: `smtp://127.0.0.1:${port}`, port, caught, stop };
}

/** Its words quote an address, as those of real servers do. */
function refusal(responseCode: number): Error {
  return Object.assign(new Error("dana@example.test is not here"), { responseCode });
}

function readMail(source: string, facts: Pick<CaughtMail, "recipients" | "secure">): CaughtMail {
  const end = source.indexOf("\r\n\r\n");
  const bytes = source
    .slice(end)
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return {
    ...facts,
    source,
    headers: source.slice(0, end).replaceAll(/\r\n[ \t]+/g, " "),
    body: Buffer.from(bytes, "latin1").toString("utf8"),
  };
}
