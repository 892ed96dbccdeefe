import { createDurableEngine } from "@onceflow/durable-engine";
import { createOneTimeCodes, createSecretBox } from "@onceflow/one-time-code";
import { createStepRegistry, type Engine } from "@onceflow/step-runtime";
import { createPostgresOneTimeCodeStore } from "@onceflow/storage";
import type { Terminal } from "../main.ts";
import { readKeyRing } from "../serve/read-key-ring.ts";
import type { AdminCall } from "./parse-admin-call.ts";
import { withDatabase } from "./with-database.ts";

/**
 * Opens the runs of a call's database for one use; it drives none of them.
 *
 * @throws KeyFileError, DatabaseUnavailableError, DatabaseMismatchError, RunTablesMismatchError
 */
export async function withEngine<T>(
  call: AdminCall,
  terminal: Terminal,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const keyRing = await readKeyRing(call);
  return withDatabase(call, terminal, async (database) => {
    const { tenant } = call;
    const store = createPostgresOneTimeCodeStore(database);
    const engine = await createDurableEngine({
      databaseUrl: database.url,
      tenant,
      role: "web",
      steps: createStepRegistry([]),
      ports: { oneTimeCodes: createOneTimeCodes({ store, keyRing, tenant, testMode: false }) },
      secretBox: createSecretBox(keyRing, "state"),
    });
    try {
      return await use(engine);
    } finally {
      await engine.close();
    }
  });
}
