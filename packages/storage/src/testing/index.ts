export { lockedConfirms } from "./locked-confirms.ts";
export { createTestDatabase } from "./test-database.ts";
export type { TestDatabase } from "./test-database.ts";
export { startTestServer } from "./test-server.ts";
export type { TestServer } from "./test-server.ts";
export { setupPostgres } from "./setup-postgres.ts";
export { startStoppableServer } from "./stoppable-server.ts";
export type { StoppableServer } from "./stoppable-server.ts";
