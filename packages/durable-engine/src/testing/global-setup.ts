export { setupPostgres as setup } from "@onceflow/storage/testing";
