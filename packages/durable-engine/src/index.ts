export { createDurableEngine } from "./create-durable-engine.ts";
export type { DurableEngine, DurableEngineOptions, RunQuery, RunSummary } from "./create-durable-engine.ts";
export { RunTablesMismatchError } from "./database/migrate.ts";
export { RunsUnavailableError } from "./database/connection-failure.ts";
export { WorkerExistsError } from "./worker/create-worker.ts";
