import { createMemoryClients } from "../memory/memory-clients.ts";
import { createMemoryNotifier, type MemoryNotifier } from "../memory/memory-notifier.ts";
import { createMemoryProofSigner } from "../memory/memory-proof-signer.ts";
import { createMemoryUsers } from "../memory/memory-users.ts";
import { sampleClients, sampleUsers } from "../memory/sample-users.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProofSigner } from "../ports/proof-signer.ts";
import type { ScriptRunner } from "../ports/script-runner.ts";
import type { User } from "../ports/users.ts";
import type { BuiltInPorts } from "../step/define-step.ts";
import { createMemoryOneTimeCodes, type MemoryOneTimeCodes } from "./memory-one-time-codes.ts";
import { createPlainScriptRunner } from "./plain-script-runner.ts";

/** The ports of the built-in steps, in memory. */
export interface SamplePorts extends BuiltInPorts {
  readonly oneTimeCodes: MemoryOneTimeCodes;
  readonly notifier: MemoryNotifier;
}

/** What a test may set of them. */
export interface SamplePortsOptions {
  readonly clock: Clock;
  /** @default true */
  readonly testMode?: boolean;
  /** @default sampleUsers */
  readonly users?: readonly User[];
  readonly oneTimeCodes?: MemoryOneTimeCodes;
  /** What runs instead of scripts. @default copies the code, if there is one, to `new_code` */
  readonly scriptRunner?: ScriptRunner;
  readonly proofSigner?: ProofSigner;
}

/** Sample users and clients, codes that open, messages that are kept, proofs by a key of their own. */
export function createSamplePorts({
  clock,
  testMode = true,
  users = sampleUsers,
  oneTimeCodes = createMemoryOneTimeCodes({ clock, testMode }),
  scriptRunner = createPlainScriptRunner(copyCode),
  proofSigner = createMemoryProofSigner(),
}: SamplePortsOptions): SamplePorts {
  return {
    oneTimeCodes,
    notifier: createMemoryNotifier({ openCode: (id) => oneTimeCodes.openForDelivery(id) }),
    proofSigner,
    users: createMemoryUsers(users),
    clients: createMemoryClients(sampleClients),
    scriptRunner,
  };
}

function copyCode(item: Record<string, unknown>): void {
  const { oneTimeCode } = item as { readonly oneTimeCode?: { readonly code: string } };
  if (oneTimeCode) item["new_code"] = oneTimeCode.code;
}
