import { embeddedPostgres, openDatabase } from "@onceflow/storage";

// Holds the data folder of its argument as a server does, until it is told to end.
const server = await embeddedPostgres({ dataDir: process.argv[2] ?? "", role: "owner", settings: ["fsync=off"] });
const database = await openDatabase({ url: server.url });
process.on("message", () => {
  void (async () => {
    await database.close();
    await server.close();
    process.disconnect();
  })();
});
process.send?.("ready");
