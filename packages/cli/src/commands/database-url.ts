import { findEmbeddedPostgres } from "@onceflow/storage";
import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import type { Command } from "../main.ts";

/** `onceflow database url`: where the database of a running server is, with the password, for psql and backups. */
export const databaseUrlCommand: Command = async (args, { env, stdout }) => {
  const { databaseUrl, dataDir } = parseAdminCall(args, env, {});
  const url = databaseUrl ?? (await findEmbeddedPostgres(dataDir))?.url;
  if (url === undefined) {
    throw new CommandError(
      `No database runs on the data folder ${dataDir}: its port and its server come and go with the Onceflow server. Start that first, or choose another folder with --data.`,
    );
  }
  stdout.write(`${url}\n`);
  return 0;
};
