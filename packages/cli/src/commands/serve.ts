import { aborted } from "node:util";
import { createLog } from "@onceflow/server";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import type { Command } from "../main.ts";
import { createService } from "../serve/create-service.ts";
import { mailOf } from "../serve/mail-of.ts";
import { readSettings } from "../serve/read-settings.ts";
import { stopSignal } from "../serve/stop-signal.ts";
import { UsageError } from "../usage.ts";

/** `onceflow serve`: the server, until SIGTERM or SIGINT; its log is on stdout, what a person should know on stderr. */
export const serveCommand: Command = async (args, { env, stdout, stderr }) => {
  const call = parseAdminCall(args, env, { options: { port: { type: "string" }, "test-mode": { type: "boolean" } } });
  const port = call.option("port");
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    throw new UsageError("--port takes a number from 0 to 65535; 0 takes any free port.");
  }
  const { smtpUrl, mailFrom, ...settings } = readSettings(port === undefined ? env : { ...env, PORT: port });
  const testMode = call.option("test-mode") !== undefined;
  const mail = mailOf({ smtpUrl, mailFrom });
  const stop = stopSignal();
  const service = await createService({
    ...settings,
    dataDir: call.dataDir,
    testMode,
    mail,
    log: createLog({ destination: { write: (line) => void stdout.write(line) } }),
    onNotice: (message) => stderr.write(`${message}\n`),
    signal: stop,
  }).catch((error: unknown) => {
    if (stop.aborted) return null;
    throw error;
  });
  if (service === null) return 0;
  if (testMode) {
    const mails = mail === undefined ? " No SMTP_URL is set: mails wait, and nobody sends them." : "";
    stderr.write(`Test mode is on: codes of test users are shown to test clients.${mails}\n`);
  }
  stderr.write(`Onceflow listens at ${service.url}; ${service.url}/docs describes the API.\n`);
  await aborted(stop, service);
  stderr.write("Onceflow ends; what is under way has five seconds.\n");
  await service.close();
  return 0;
};
