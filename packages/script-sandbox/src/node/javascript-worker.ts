import { parentPort } from "node:worker_threads";
import { serveJavascript } from "../javascript/serve-javascript.ts";
import type { ToWorker } from "../javascript/worker-messages.ts";

// The entry of a worker thread; create-node-script-runner.ts starts it by its file name.
if (parentPort === null) throw new Error("This file runs in a worker thread only.");
const port = parentPort;
const answer = serveJavascript((message) => port.postMessage(message));
port.on("message", (message: ToWorker) => void answer(message));
