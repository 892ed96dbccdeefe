export { setupPostgres as setup } from "./setup-postgres.ts";
