import { openBenchEngine } from "./bench-engine.ts";

// A process that drives runs until it is told to stop.
const { databaseUrl, keys } = JSON.parse(process.argv[2] ?? "{}") as { databaseUrl: string; keys: string };
const engine = await openBenchEngine(databaseUrl, { keys, role: "worker" });
process.once("message", () => void engine.close({ drainMs: 0 }).then(() => process.disconnect()));
process.send?.("ready");
