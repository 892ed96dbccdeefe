import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { describeEngine } from "../testing/describe-engine.ts";
import { createMemoryOneTimeCodes } from "../testing/memory-one-time-codes.ts";
import { createPlainScriptRunner } from "../testing/plain-script-runner.ts";
import { createFixedClock } from "./fixed-clock.ts";
import { createMemoryClients } from "./memory-clients.ts";
import { createMemoryEngine } from "./memory-engine.ts";
import { createMemoryUsers } from "./memory-users.ts";
import { sampleClients, sampleUsers } from "./sample-users.ts";
import { createSeededRandom } from "./seeded-random.ts";

describeEngine("memory", async () => {
  const clock = createFixedClock();
  return createMemoryEngine({
    steps: createStepRegistry(builtInSteps),
    ports: {
      oneTimeCodes: createMemoryOneTimeCodes({ clock }),
      users: createMemoryUsers(sampleUsers),
      clients: createMemoryClients(sampleClients),
      scriptRunner: createPlainScriptRunner((item) => {
        item["new_code"] = (item["oneTimeCode"] as { readonly code: string }).code;
      }),
    },
    clock,
    random: createSeededRandom(),
  });
});
