import { createPostgresApiKeys } from "@onceflow/storage";
import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { withDatabase } from "../admin/with-database.ts";
import type { Command } from "../main.ts";

/** `onceflow client revoke`: ends a key, from the next request on. */
export const clientRevokeCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, { names: ["KEY-ID"] });
  const [given = ""] = call.words;
  // Whoever has to end a key in a hurry may have the whole key at hand.
  const keyId = /^onceflow_([^_]+)_/.exec(given)?.[1] ?? given;
  const revoked = await withDatabase(call, terminal, (database) => createPostgresApiKeys(database, call).revoke(keyId));
  if (!revoked) throw new CommandError("No key of this ID is in use. `onceflow client list` shows them.");
  terminal.stdout.write(`Key ${keyId} opens nothing any more.\n`);
  return 0;
};
