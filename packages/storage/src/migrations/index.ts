import { sql } from "kysely";
import type { Migration } from "kysely/migration";
import { base } from "./0001-base.ts";
import { oneTimeCodes } from "./0002-one-time-codes.ts";
import { outbox } from "./0003-outbox.ts";
import { apiKeys } from "./0004-api-keys.ts";
import { oneTimeCodeSpeed } from "./0005-one-time-code-speed.ts";
import { oneTimeCodeLimits } from "./0006-one-time-code-limits.ts";
import { publishedComponents } from "./0007-published-components.ts";
import { outboxDelay } from "./0008-outbox-delay.ts";
import { userIdKeys } from "./0009-user-id-keys.ts";
import { oneTimeCodeEdges } from "./0010-one-time-code-edges.ts";

/** Every step from an empty database to the one that this version needs, by name in the order in which they run. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-base": migration(base),
  "0002-one-time-codes": migration(oneTimeCodes),
  "0003-outbox": migration(outbox),
  "0004-api-keys": migration(apiKeys),
  "0005-one-time-code-speed": migration(oneTimeCodeSpeed),
  "0006-one-time-code-limits": migration(oneTimeCodeLimits),
  "0007-published-components": migration(publishedComponents),
  "0008-outbox-delay": migration(outboxDelay),
  "0009-user-id-keys": migration(userIdKeys),
  "0010-one-time-code-edges": migration(oneTimeCodeEdges),
};

function migration(statements: string): Migration {
  return { up: async (db) => void (await sql.raw(statements).execute(db)) };
}
