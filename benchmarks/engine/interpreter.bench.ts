import { join } from "node:path";
import { installPeers } from "../harness/install-peers.ts";
import { pairedBlocks, printTable } from "../harness/paired-blocks.ts";

// ForTestCode's Get code, 7 steps, 18 events: what does the interpreter add to plain calls, and how does it compare with xstate?
installPeers();
const measured = pairedBlocks(
  join(import.meta.dirname, "measure-contender.ts"),
  ["plain calls", "onceflow", "onceflow, memory engine", "xstate, sync"],
  10,
);
printTable("Interpreter: one run of ForTestCode in process", measured);
