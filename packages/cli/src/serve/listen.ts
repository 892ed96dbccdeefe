import { createServer } from "node:http";
import type { RequestListener, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { problemKinds } from "@onceflow/server";

/** The port is taken. */
class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  readonly code = "port-in-use";
  readonly port: number;
  constructor(port: number, { cause, startCommand }: { cause: unknown; startCommand: (port: number) => string }) {
    const another = startCommand(port === 65_535 ? 4310 : port + 1);
    super(`Port ${port} is in use. Stop what runs there, or choose another: ${another}`, { cause });
    this.port = port;
  }
}

/** An open port. */
interface Listening {
  readonly port: number;
  /** From now on requests go there. */
  readonly serve: (listener: RequestListener) => void;
  /** Takes no new connection, tells further requests to come back, lets those under way finish for so long, then cuts off the rest. */
  readonly close: (options: { readonly patienceMs: number }) => Promise<void>;
}

/**
 * Opens a port on loopback, and nowhere else. Until there is somebody to serve them, requests are told to come back.
 *
 * @param port 0: any free one
 * @param options.startCommand named when the port is taken. @default onceflow serve
 * @throws PortInUseError
 */
export async function listen(
  port: number,
  options: { readonly startCommand?: (port: number) => string } = {},
): Promise<Listening> {
  const { startCommand = (port) => `onceflow serve --port ${port}` } = options;
  let listener = comeBack("The server is starting. Try again in a moment.");
  const underWay = new Set<ServerResponse>();
  // Bodies have a limit of their own; these cut off whoever sends headers slowly.
  const limits = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5000 };
  const server = createServer(limits, (request, response) => {
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      reject(
        "code" in cause && cause.code === "EADDRINUSE" ? new PortInUseError(port, { cause, startCommand }) : cause,
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    serve: (next) => {
      listener = next;
    },
    async close({ patienceMs }) {
      listener = comeBack("The server is stopping. Try again in a moment.");
      const closed = new Promise((resolve) => server.close(resolve));
      for (const response of underWay) response.shouldKeepAlive = false;
      // A stream has no end of its own: who reads one connects again and goes on.
      const ending = [...underWay].filter((response) => !response.headersSent || response.writableEnded);
      const ends = ending.map((response) => new Promise((resolve) => response.once("close", resolve)));
      await Promise.race([Promise.all(ends), pause(patienceMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers that it is not the moment. */
function comeBack(detail: string): RequestListener {
  const { status, title } = problemKinds["not-ready"];
  const problem = JSON.stringify({ type: "/problems/not-ready", title, status, detail, code: "not-ready" });
  return (_request, response) => {
    response.writeHead(status, {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "Retry-After": "1",
      Connection: "close",
    });
    response.end(problem);
  };
}
