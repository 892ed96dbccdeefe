import type { Clients } from "../ports/clients.ts";
import type { Clock } from "../ports/clock.ts";
import type { DataflowRunner } from "../ports/dataflow-runner.ts";
import type { RunResult } from "../ports/engine.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";
import type { Random } from "../ports/random.ts";
import type { ScriptRunner } from "../ports/script-runner.ts";
import type { Users } from "../ports/users.ts";
import type { Caller } from "../step/caller.ts";
import type { BuiltInPorts } from "../step/define-step.ts";
import { createStepRegistry, type StepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { createMemoryClients } from "./memory-clients.ts";
import { createMemoryEngine } from "./memory-engine.ts";
import { createMemoryNotifier } from "./memory-notifier.ts";
import { createMemoryProofSigner } from "./memory-proof-signer.ts";
import { createMemoryUsers } from "./memory-users.ts";
import { sampleClients, sampleUsers } from "./sample-users.ts";
import { systemClock, systemRandom } from "./system.ts";

/** What a preview in the browser needs; what is left out comes from the samples. */
export interface BrowserRunOptions {
  readonly scriptRunner: ScriptRunner;
  /** In test mode, so that the preview can show codes. */
  readonly oneTimeCodes: OneTimeCodes & {
    /** Opens a code for the messages that the preview shows. */
    openForDelivery(challengeId: string): Promise<{ readonly code: string; readonly expiresAt: string } | null>;
  };
  /** Default: the built-in steps. */
  readonly steps?: StepRegistry<BuiltInPorts>;
  readonly users?: Users;
  readonly clients?: Clients;
  /** Default: user `demo` at client `digital-workplace`, in a session of its own. */
  readonly caller?: Caller;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Runs dataflows in this process with ports in memory: the same interpreter as everywhere, all runs in one session. */
export function createBrowserRun(options: BrowserRunOptions): DataflowRunner {
  const { scriptRunner, oneTimeCodes, clock = systemClock, random = systemRandom } = options;
  const users = options.users ?? createMemoryUsers(sampleUsers);
  const clients = options.clients ?? createMemoryClients(sampleClients);
  const caller = options.caller ?? {
    clientId: "digital-workplace",
    userId: "user-demo",
    sessionId: random.uuid(),
    ipClass: null,
  };
  const notifier = createMemoryNotifier({ openCode: (challengeId) => oneTimeCodes.openForDelivery(challengeId) });
  const engine = createMemoryEngine({
    steps: options.steps ?? createStepRegistry(builtInSteps),
    ports: { oneTimeCodes, users, clients, scriptRunner, notifier, proofSigner: createMemoryProofSigner() },
    messagesOf: (runId) => notifier.messagesOf(runId),
    clock,
    random,
    keepEnded: 20,
  });
  return {
    async run({ component, dataflowId, input, onEvent, onMessages, onQuestion, signal }) {
      const runId = random.uuid();
      const cancel = () => void engine.cancel(runId);
      signal?.addEventListener("abort", cancel);
      try {
        await engine.start({ runId, component, dataflowId, input, caller });
        if (signal?.aborted) cancel();
        for await (const event of engine.events(runId)) {
          onEvent?.(event);
          if (event.type !== "run-suspended") continue;
          const question = (await engine.get(runId))?.question;
          if (!question) continue;
          onMessages?.(notifier.messagesOf(runId));
          if (onQuestion) {
            onQuestion(question, (answer) => engine.answer(runId, question.token, { ...answer, ipClass: null }));
          } else {
            // Nobody is there who could answer.
            await engine.cancel(runId);
          }
        }
        return (await engine.get(runId))?.result as RunResult;
      } finally {
        signal?.removeEventListener("abort", cancel);
      }
    },
  };
}
