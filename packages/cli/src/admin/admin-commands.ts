import { clientAddCommand } from "../commands/client-add.ts";
import { clientListCommand } from "../commands/client-list.ts";
import { clientRevokeCommand } from "../commands/client-revoke.ts";
import { databaseUrlCommand } from "../commands/database-url.ts";
import { keyNewCommand } from "../commands/key-new.ts";
import { keyRotateCommand } from "../commands/key-rotate.ts";
import { userAddCommand } from "../commands/user-add.ts";
import { userUnlockCommand } from "../commands/user-unlock.ts";
import type { Command } from "../main.ts";

/** The commands that work on a server's data. */
export const adminCommands = {
  "client add": clientAddCommand,
  "client list": clientListCommand,
  "client revoke": clientRevokeCommand,
  "user add": userAddCommand,
  "user unlock": userUnlockCommand,
  "key new": keyNewCommand,
  "key rotate": keyRotateCommand,
  "database url": databaseUrlCommand,
} as const satisfies Readonly<Record<string, Command>>;

/** The name of a command that works on a server's data. */
export type AdminCommandName = keyof typeof adminCommands;
