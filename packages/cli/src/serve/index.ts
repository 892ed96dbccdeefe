export { createService } from "./create-service.ts";
export type { Service, ServiceHost, ServiceOptions, ServiceStores } from "./create-service.ts";
export { plainPage, prefersFrench } from "./plain-page.ts";
export { readSettings } from "./read-settings.ts";
export type { Settings } from "./read-settings.ts";
export { stopSignal } from "./stop-signal.ts";
