import { createLog } from "@onceflow/server";
import { createDemo, type DemoOptions } from "../server/create-demo.ts";

// A demo on a database and a mail server that others share, until it is killed.
const order = JSON.parse(process.argv[2] ?? "{}") as DemoOptions;
const demo = await createDemo({ ...order, log: createLog({ level: "silent" }) });
process.send?.(demo.url);
