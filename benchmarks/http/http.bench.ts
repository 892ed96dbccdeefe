import { join } from "node:path";
import { installPeers } from "../harness/install-peers.ts";
import { type Measured, pairedBlocks, printTable } from "../harness/paired-blocks.ts";

// One request that issues a code, stores it and confirms it, nothing durable: our HTTP API on the memory engine beside bare
// node:http, which does the same in one function, and Node-RED, which does it in six function nodes. What each does beyond
// that is told where it is made. "Plain codes" are kept as the peers keep them, so that row has the goals; the last one has MACs,
// budgets and attempts.
installPeers();
const measured = pairedBlocks(
  join(import.meta.dirname, "measure-requests.ts"),
  ["bare node:http", "Node-RED", "onceflow, plain codes", "onceflow, its own codes"],
  10,
);
const title = "HTTP: time between the ends of two requests, 32 at a time, and the server's CPU time for one";
printTable(`${title}; goal ≥ 0.4 × bare, so ≤ 2.5 of its time`, measured);
printTable(`${title}; goal ≥ 2 × Node-RED, so ≤ 0.5 of its time`, [
  ...only("Node-RED"),
  ...only("onceflow, plain codes"),
  ...only("onceflow, its own codes"),
]);

function only(name: string): readonly Measured[] {
  return measured.filter((entry) => entry.name === name);
}
