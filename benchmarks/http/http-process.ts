import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpContender } from "./http-contender.ts";

// The server of one contender: tells where it is and how to call it, then its CPU time in microseconds whenever it is asked.
const contenders: Readonly<Record<string, (port: number) => Promise<HttpContender>>> = {
  "bare node:http": async () => (await import("./bare-http.ts")).createBareHttp(),
  "Node-RED": async () => (await import("./node-red-http.ts")).createNodeRedHttp(),
  "onceflow, plain codes": async (port) =>
    (await import("./onceflow-http.ts")).createOnceflowHttp((await import("./plain-codes.ts")).createPlainCodes(), {
      port,
    }),
  "onceflow, its own codes": async (port) => {
    const { createMemoryCodes, createOnceflowHttp } = await import("./onceflow-http.ts");
    return createOnceflowHttp(createMemoryCodes(), { port });
  },
};

const name = process.argv[2] ?? "";
const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const contender = await contenders[name]?.(port);
if (!contender) throw new Error(`There is no contender "${name}".`);
const { listener, path, authorization = "" } = contender;
server.on("request", listener);
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// Whoever measured has gone.
process.once("disconnect", () => process.exit(0));
process.send?.({ origin: `http://127.0.0.1:${port}`, path, authorization });
