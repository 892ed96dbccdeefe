export { createDurableEngine } from "./create-durable-engine.ts";
export type { DurableEngineOptions } from "./create-durable-engine.ts";
export { RunTablesMismatchError } from "./database/migrate.ts";
export { RunsUnavailableError } from "./database/connection-failure.ts";
export { WorkerExistsError } from "./worker/create-worker.ts";
