import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a PostgreSQL on which answers can stop, as when a machine freezes or a route drops what is sent. */
export interface MutedProxy {
  readonly url: string;
  /** From now on what is sent arrives, and nothing comes back; who connects waits. */
  mute(): void;
  /** How many connect in vain. */
  waiting(): number;
  /** Connections are made again; those that fell silent stay so. */
  unmute(): void;
  close(): Promise<void>;
}

/** Opens one on loopback, to the database of this URL. */
export async function startMutedProxy(url: string): Promise<MutedProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket.on("error", () => undefined));
    socket.once("close", () => sockets.delete(socket));
  };
  let pairs: { readonly client: Socket; readonly server: Socket }[] = [];
  let waiting: Socket[] | null = null;

  const forward = (client: Socket) => {
    const server = connect(Number(target.port), target.hostname);
    keep(server);
    client.pipe(server).pipe(client);
    pairs.push({ client, server });
  };
  const proxy = createServer((client) => {
    keep(client);
    if (waiting === null) forward(client);
    else waiting.push(client);
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const address = proxy.address();
  const place = { hostname: "127.0.0.1", port: String(typeof address === "object" ? address?.port : "") };

  return {
    url: Object.assign(new URL(url), place).href,
    mute() {
      for (const { client, server } of pairs) server.unpipe(client);
      pairs = [];
      waiting ??= [];
    },
    waiting: () => waiting?.length ?? 0,
    unmute() {
      waiting?.forEach(forward);
      waiting = null;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}
