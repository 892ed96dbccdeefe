import { open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { parseKeyRing, rotateKeyRingText } from "@onceflow/one-time-code";
import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import type { Command } from "../main.ts";
import { keyFileOf } from "../serve/key-file-of.ts";

/** `onceflow key rotate`: adds a key to the key file, which new codes are made with; the others stay for old codes. */
export const keyRotateCommand: Command = async (args, { env, stdout }) => {
  const call = parseAdminCall(args, env, {});
  if (call.keyRing !== undefined) {
    throw new CommandError("The keys are in KEY_RING and not in a file. Rotate them where that variable is set.");
  }
  const named = keyFileOf(call);
  // Not a link to it: others may know the file by another name.
  const path = await realpath(named).catch((cause: unknown) => {
    throw new CommandError(
      `The key file ${named} cannot be read. \`onceflow key new\` makes one; name another with KEY_FILE.`,
      { cause },
    );
  });
  const { uid, gid } = await stat(path);
  const draft = `${path}.new`;
  // wx, and before the keys are read: of two that rotate at once one is refused, so that no key gets lost.
  const file = await open(draft, "wx", 0o600).catch((cause: unknown) => {
    throw new CommandError(`${draft} cannot be written. If it was left behind by a broken-off rotation, remove it.`, {
      cause,
    });
  });
  let rotated: string;
  try {
    rotated = rotateKeyRingText(await readFile(path, "utf8"));
    await file.writeFile(rotated);
    await file.sync();
    // Root rotates for the user that the server runs as.
    await file.chown(uid, gid);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  stdout.write(
    `${path}: ${parseKeyRing(rotated).current.kid} is the current key now. Restart the server to use it; codes made before keep working.\n`,
  );
  return 0;
};
