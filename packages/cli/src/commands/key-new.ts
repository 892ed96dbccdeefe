import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import type { Command } from "../main.ts";
import { keyFileOf } from "../serve/key-file-of.ts";
import { makeKeyFile } from "../serve/make-key-file.ts";

/** `onceflow key new`: makes the key file that a server needs to start. */
export const keyNewCommand: Command = async (args, { env, stdout }) => {
  const call = parseAdminCall(args, env, {});
  const path = keyFileOf(call);
  if (!(await makeKeyFile(path))) {
    throw new CommandError(`There is a key file ${path} already. \`onceflow key rotate\` adds a key to it.`);
  }
  stdout.write(`${path}: keep it, and keep it apart from the data.\n`);
  return 0;
};
