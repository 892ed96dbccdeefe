import pg from "pg";
import { createCountingCodes, createEffectSteps } from "./effect-steps.ts";
import { driveRun, type Scenario } from "./drive-run.ts";
import { openEngine } from "./open-engine.ts";

/** What the process is told, as JSON in its first argument. */
export interface CrashOrder {
  readonly databaseUrl: string;
  readonly keys: string;
  readonly effects: string;
  readonly runIds: readonly string[];
  readonly scenario: Scenario;
  /** `before:` or `after:` a step's effect, or the n-th commit of one of {@link transactions}; a number: at so many of these, starts not counted; null: never. */
  readonly crash: string | number | null;
  /** @default 30000: whoever kills it knows that it is dead */
  readonly deadAfterMs?: number;
  /** Tells when it is about to do something, so that somebody else may kill it there. */
  readonly hold?: string;
}

/** The transactions that move a run, by a statement that only they have; one outside of any is its own commit. */
const transactions: Readonly<Record<string, RegExp>> = {
  start: /INSERT INTO runs\.runs /,
  begin: /INSERT INTO "dbos"\.workflow_status/,
  record: /INSERT INTO "dbos"\.operation_outputs/,
  suspend: /INSERT INTO runs\.waits\s/,
  claim: /UPDATE runs\.waits SET winner/,
  finish: /UPDATE runs\.runs SET status = \$8, ended_at/,
  outcome: /UPDATE "dbos"\.workflow_status SET status=\$/,
};

const order = JSON.parse(process.argv[2] ?? "{}") as CrashOrder;
let reached = 0;
const reach = (point: string): void => {
  if (!point.includes(":start-")) reached += 1;
  if (point === order.crash || reached === order.crash) process.kill(process.pid, "SIGKILL");
};

// Kills around commits: what a statement does is in the database or not, whatever this process still knows.
// oxlint-disable-next-line typescript/unbound-method -- it is called with the client that it replaces it for
const query = pg.Client.prototype.query;
const inside = new WeakMap<pg.Client, string>();
const counts = new Map<string, number>();
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [first] = given;
  const text = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
  let alone = "";
  if (text.startsWith("BEGIN")) inside.set(this, "");
  for (const [name, pattern] of Object.entries(transactions)) {
    // A transaction is named by the first of them.
    if (!pattern.test(text) || inside.get(this)) continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (inside.has(this)) inside.set(this, `${name}-${count}`);
    else alone = `${name}-${count}`;
  }
  const name = text === "COMMIT" ? inside.get(this) : alone;
  if (text === "COMMIT" || text === "ROLLBACK") inside.delete(this);
  if (!name) return Reflect.apply(query, this, given) as unknown;
  reach(`before:${name}`);
  const told = given.at(-1);
  if (typeof told === "function") {
    const tell = (...answer: unknown[]) => {
      reach(`after:${name}`);
      Reflect.apply(told, undefined, answer);
    };
    return Reflect.apply(query, this, [...given.slice(0, -1), tell]) as unknown;
  }
  const answer = Reflect.apply(query, this, given) as Promise<unknown>;
  return answer.then((result) => {
    reach(`after:${name}`);
    return result;
  });
} as typeof query;

const engine = await openEngine(order.databaseUrl, {
  keys: order.keys,
  deadAfterMs: order.deadAfterMs ?? 30_000,
  steps: createEffectSteps(order.effects, async (moment, step) => {
    reach(`${moment}:${step}`);
    if (order.hold !== `${moment}:${step}`) return;
    process.send?.("held");
    await new Promise((resolve) => process.once("message", resolve));
  }),
  ports: {
    oneTimeCodes: createCountingCodes(order.effects, () => reach("after:revoke")),
  },
});
await Promise.all(order.runIds.map((runId) => driveRun(engine, { ...order, runId })));
await engine.close();
process.disconnect();
