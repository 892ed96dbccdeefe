import {
  createKeyRing,
  createMemoryOneTimeCodeStore,
  createOneTimeCodePolicy,
  createOneTimeCodes,
  generateKey,
} from "@onceflow/one-time-code";
import { createBrowserScriptRunner } from "@onceflow/script-sandbox/browser";
import type { DataflowRunner } from "@onceflow/step-runtime";
import { createBrowserRun } from "@onceflow/step-runtime/memory";
import type { DemoSession } from "../session/session-api.ts";

// One worker for the page's life, whoever is signed in.
const scriptRunner = createBrowserScriptRunner();

/** Runs the unsaved component in this page, as the signed-in user; its codes exist here only. */
export function createPreviewRun({ user, client, csrfToken, testMode }: DemoSession): DataflowRunner {
  const oneTimeCodes = createOneTimeCodes({
    store: createMemoryOneTimeCodeStore({ now: () => Date.now() }),
    keyRing: createKeyRing({ current: "page", keys: { page: generateKey() } }),
    testMode,
    // Whoever tries a dataflow starts it again and again: these codes reach nobody.
    policy: createOneTimeCodePolicy({
      resendCooldownSeconds: 0,
      maxResends: 10,
      userIssues: [{ seconds: 60, max: 1000 }],
      destinationIssues: [{ seconds: 60, max: 1000 }],
      userFailures: { seconds: 60, max: 1000 },
      failureWaits: [],
    }),
  });
  return createBrowserRun({
    scriptRunner,
    oneTimeCodes,
    caller: { clientId: client.id, userId: user?.id ?? null, sessionId: csrfToken, ipClass: null },
  });
}
