import { createOneTimeCodes, parseKeyRing } from "@onceflow/one-time-code";
import type { Engine } from "@onceflow/step-runtime";
import { createPostgresOneTimeCodeStore, openDatabase } from "@onceflow/storage";
import { createEffectSteps } from "./effect-steps.ts";
import { openEngine } from "./open-engine.ts";
import { createSharedProofSigner } from "./shared-proof-signer.ts";

/** What the process is told, as JSON in its first argument. */
export interface WorkerOrder {
  readonly databaseUrl: string;
  readonly keys: string;
  readonly effects: string;
}

// Drives the runs of the tenant that it was told last, until its parent lets it go. What must be the same in every
// process is: codes are in the database, and proofs are signed with the ring's key.
const { databaseUrl, keys, effects } = JSON.parse(process.argv[2] ?? "{}") as WorkerOrder;
const database = await openDatabase({ url: databaseUrl, maxConnections: 2 });
const store = createPostgresOneTimeCodeStore(database);
let engine: Engine | undefined;

async function serve(tenant: string): Promise<void> {
  await engine?.close();
  engine = await openEngine(databaseUrl, {
    keys,
    tenant,
    role: "worker",
    // A process that is slow is not dead.
    deadAfterMs: 30_000,
    // Few at once, so that all of them get some.
    concurrency: 5,
    maxConnections: 4,
    steps: createEffectSteps(effects),
    ports: {
      oneTimeCodes: createOneTimeCodes({ store, keyRing: parseKeyRing(keys), tenant, testMode: true }),
      proofSigner: createSharedProofSigner(keys),
    },
  });
  process.send?.("ready");
}

async function end(): Promise<void> {
  await engine?.close();
  await database.close();
}

process.on("message", (tenant: string) => void serve(tenant));
process.once("disconnect", () => void end());
