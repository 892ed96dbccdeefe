export { createDurableEngine } from "./create-durable-engine.ts";
export type { DurableEngine, DurableEngineOptions, RunSummary } from "./create-durable-engine.ts";
export { RunTablesMismatchError } from "./database/migrate.ts";
export type { RunQuery } from "./database/run-reader.ts";
export { RunsUnavailableError } from "./database/connection-failure.ts";
export { WorkerExistsError } from "./worker/create-worker.ts";
