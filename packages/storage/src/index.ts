// database
export { openDatabase, DatabaseUnavailableError } from "./database/open-database.ts";
export type { Database, OpenDatabaseOptions } from "./database/open-database.ts";
export { cleanInBatches } from "./database/clean-in-batches.ts";
export { DatabaseMismatchError } from "./database/migrate.ts";
export { StoreUnavailableError } from "./database/store-unavailable-error.ts";

// embedded
export { DataFolderInUseError, embeddedPostgres, findEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from "./embedded/embedded-postgres.ts";

// stores
export { createPostgresOneTimeCodeStore } from "./one-time-codes/postgres-one-time-code-store.ts";
export { createPostgresApiKeys } from "./stores/postgres-api-keys.ts";
export { createPostgresAuditLog } from "./stores/postgres-audit-log.ts";
export { createPostgresClients } from "./stores/postgres-clients.ts";
export { createPostgresComponentStore } from "./stores/postgres-component-store.ts";
export { createPostgresUsers } from "./stores/postgres-users.ts";
export { createPostgresOutbox } from "./outbox/postgres-outbox.ts";
