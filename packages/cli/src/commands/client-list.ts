import { createPostgresApiKeys, createPostgresClients } from "@onceflow/storage";
import { parseAdminCall } from "../admin/parse-admin-call.ts";
import { withDatabase } from "../admin/with-database.ts";
import type { Command } from "../main.ts";

/** `onceflow client list`: the clients and, below each, the ids and scopes of its keys. */
export const clientListCommand: Command = async (args, terminal) => {
  const call = parseAdminCall(args, terminal.env, {});
  const [clients, apiKeys] = await withDatabase(call, terminal, async (database) => [
    await createPostgresClients(database, call).list(),
    await createPostgresApiKeys(database, call).list(),
  ]);
  for (const { id, test } of clients) {
    terminal.stdout.write(`${id}${test ? " (test client)" : ""}\n`);
    for (const { keyId, clientId, scopes, createdAtMs, revokedAtMs } of apiKeys) {
      if (clientId !== id) continue;
      const until = revokedAtMs === null ? "" : `, revoked ${day(revokedAtMs)}`;
      terminal.stdout.write(`  key ${keyId} ${scopes.join(",")}, added ${day(createdAtMs)}${until}\n`);
    }
  }
  return 0;
};

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
