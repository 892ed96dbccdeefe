import { serveJavascript } from "../javascript/serve-javascript.ts";
import type { ToWorker } from "../javascript/worker-messages.ts";

// The entry of a Web Worker; create-browser-script-runner.ts starts it by its file name.
const answer = serveJavascript((message) => globalThis.postMessage(message));
globalThis.addEventListener("message", (event: MessageEvent<ToWorker>) => void answer(event.data));
