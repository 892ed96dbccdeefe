import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { onTestFinished } from "vitest";
import type { ServerOptions } from "../server-options.ts";
import { createTestServer, type TestServer } from "./create-test-server.ts";

/** A test server behind a port. */
export interface ServedTestServer extends TestServer {
  readonly url: string;
  /** How many connections are open. */
  readonly connections: () => Promise<number>;
  /** A connection to write a request to by hand. */
  readonly connect: () => Socket;
}

/** Opens a port until the end of the test. */
export async function serve(overrides: Partial<ServerOptions> = {}): Promise<ServedTestServer> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const test = await createTestServer({ origins: [url, "http://localhost"], ...overrides });
  server.on("request", getRequestListener(test.app.fetch));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return {
    ...test,
    url,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    connect: () => connect(port, "127.0.0.1"),
  };
}
