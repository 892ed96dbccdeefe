import { createOneTimeCodes, parseKeyRing } from "@onceflow/one-time-code";
import type {
  CodeConfirmation,
  ConfirmCodeRequest,
  IssueCodeRequest,
  IssuedCode,
  OneTimeCodePolicy,
} from "@onceflow/one-time-code";
import { openDatabase } from "../../database/open-database.ts";
import { createPostgresOneTimeCodeStore } from "../postgres-one-time-code-store.ts";

/** What a calling process is told. */
export interface CallOrder {
  readonly url: string;
  readonly keyRingText: string;
  readonly policy: OneTimeCodePolicy;
  readonly issues: readonly IssueCodeRequest[];
  readonly confirms: readonly ConfirmCodeRequest[];
}

/** What it answers. */
export interface CallReport {
  readonly issued: readonly IssuedCode[];
  readonly confirmed: readonly CodeConfirmation[];
}

// One of several processes on one database: says when it is connected, and calls when told to.
process.once("message", (order: CallOrder) => void run(order));

async function run({ url, keyRingText, policy, issues, confirms }: CallOrder): Promise<void> {
  const database = await openDatabase({ url, testClock: true });
  const codes = createOneTimeCodes({
    store: createPostgresOneTimeCodeStore(database),
    keyRing: parseKeyRing(keyRingText),
    testMode: false,
    policy,
  });
  const go = new Promise((resolve) => process.once("message", resolve));
  process.send?.("ready");
  await go;
  const report: CallReport = {
    issued: await Promise.all(issues.map((request) => codes.issue(request))),
    confirmed: await Promise.all(confirms.map((request) => codes.confirm(request))),
  };
  await database.close();
  process.send?.(report, () => process.disconnect());
}
