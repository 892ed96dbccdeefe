import { isMailAddress } from "@onceflow/step-runtime";
import { createPostgresUsers } from "@onceflow/storage";
import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { withDatabase } from "../admin/with-database.ts";
import type { Command } from "../main.ts";
import { UsageError } from "../usage.ts";

/** `onceflow user add`: adds a user under a new ID, which it prints. */
export const userAddCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, {
    names: ["NAME"],
    options: { email: { type: "string" }, test: { type: "boolean" }, disabled: { type: "boolean" } },
  });
  const userName = (call.words[0] ?? "").trim();
  if (userName === "" || userName.length > 320 || /[\p{Cc}\p{Surrogate}]/u.test(userName)) {
    throw new UsageError("The name of a user is a text of 1 to 320 characters in one line.");
  }
  const email = call.option("email") ?? null;
  if (email !== null && !isMailAddress(email)) {
    throw new UsageError("The value of --email is no mail address, such as eva@example.test.");
  }
  const id = `user-${crypto.randomUUID()}`;
  await withDatabase(call, terminal, async (database) => {
    const users = createPostgresUsers(database, call);
    // A name that is another user's ID would be found as that user.
    if ((await users.find(userName)) !== null) {
      throw new CommandError("There is a user of this name already. Choose another one.");
    }
    await users.put({
      id,
      userName,
      email,
      firstName: null,
      lastName: null,
      locale: null,
      enabled: call.option("disabled") === undefined,
      test: call.option("test") !== undefined,
    });
  });
  terminal.stdout.write(`${id}\n`);
  return 0;
};
