import { createPostgresOneTimeCodeStore, createPostgresUsers } from "@onceflow/storage";
import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { withDatabase } from "../admin/with-database.ts";
import type { Command } from "../main.ts";

/** `onceflow user unlock`: lets a user try codes again at once, whatever failed before; audited. */
export const userUnlockCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, { names: ["NAME"] });
  const userId = await withDatabase(call, terminal, async (database) => {
    const user = await createPostgresUsers(database, call).find(call.words[0] ?? "");
    if (user === null) throw new CommandError("Nobody has this name or ID.");
    await createPostgresOneTimeCodeStore(database).unlock({ tenant: call.tenant, userId: user.id });
    return user.id;
  });
  terminal.stdout.write(`${userId} may try again.\n`);
  return 0;
};
