import { createPostgresApiKeys, createPostgresClients } from "@onceflow/storage";
import { CommandError } from "../admin/command-error.ts";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { parseScopes } from "../admin/parse-scopes.ts";
import { withDatabase } from "../admin/with-database.ts";
import type { Command } from "../main.ts";
import { UsageError } from "../usage.ts";

/** `onceflow client add`: registers a client unless it is there, and prints a new key of it, once. */
export const clientAddCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, {
    names: ["ID"],
    options: { scopes: { type: "string" }, test: { type: "boolean" } },
  });
  const [id = ""] = call.words;
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(id)) {
    throw new UsageError("The ID of a client is up to 64 lower-case letters, digits and dashes; a letter comes first.");
  }
  const scopes = parseScopes(call.option("scopes"));
  const test = call.option("test") !== undefined;
  const { keyId, key } = await withDatabase(call, terminal, async (database) => {
    const clients = createPostgresClients(database, call);
    const known = await clients.get(id);
    // Test mode shows codes: an existing client does not get there by the way.
    if (known !== null && test && !known.test) {
      throw new CommandError("There is a client of this ID already, and it is no test client. Add another one.");
    }
    if (known === null) await clients.put({ id, name: id, test });
    return createPostgresApiKeys(database, call).create({ clientId: id, scopes });
  });
  terminal.stderr.write(`Key ${keyId} of the client ${id} may ${scopes.join(", ")}. It is shown this once: keep it.\n`);
  terminal.stdout.write(`${key}\n`);
  return 0;
};
