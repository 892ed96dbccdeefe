import { createService } from "@onceflow/cli/serve";
import { createLog } from "@onceflow/server";

// `onceflow serve --test-mode` on a database, until it is told to stop: the same service, log to stdout, no mail server.
const { databaseUrl, keyRing } = JSON.parse(process.argv[2] ?? "{}") as { databaseUrl: string; keyRing: string };
const service = await createService({
  port: 0,
  testMode: true,
  databaseUrl,
  keyRing,
  log: createLog(),
  onNotice: (message) => console.error(message),
});
process.once("message", () => void service.close().then(() => process.disconnect()));
process.send?.(service.url);
