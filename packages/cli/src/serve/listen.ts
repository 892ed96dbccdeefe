import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";

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
  readonly server: Server;
  readonly port: number;
  /** From now on requests go there. */
  readonly serve: (listener: RequestListener) => void;
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
  let serve: RequestListener = (_request, response) => {
    response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "1", Connection: "close" });
    response.end("The server is starting. Try again in a moment.\n");
  };
  // Bodies have a limit of their own; these cut off whoever sends headers slowly.
  const limits = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5000 };
  const server = createServer(limits, (request, response) => serve(request, response));
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
    server,
    port: typeof address === "object" && address !== null ? address.port : port,
    serve: (listener) => {
      serve = listener;
    },
  };
}
