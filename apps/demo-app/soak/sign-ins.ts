import { createOneTimeCodePolicy, newKeyRingText } from "@onceflow/one-time-code";
import { dice, generousPolicy, rankAuc } from "@onceflow/one-time-code/testing";
import { createLog } from "@onceflow/server";
import { createTestDatabase, startTestServer } from "@onceflow/storage/testing";
import { cpus, loadavg } from "node:os";
import { createDemo } from "../server/create-demo.ts";
import { visitDemo } from "../server/testing/demo-visitor.ts";
import { person } from "../server/testing/person.ts";

// Signs in over HTTP with a mailed code, as users that exist and that do not, in turns: no answer's time may tell which.
const pairs = 1000;
const warmUp = 100;
const policy = createOneTimeCodePolicy(generousPolicy);
const load = () => loadavg()[0]?.toFixed(2);

type Kind = "known" | "unknown";
const sample = (): Record<Kind, number[]> => ({ known: [], unknown: [] });
const asking = sample();
const confirming = sample();

const [loadBefore, started] = [load(), performance.now()];
console.log(`${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.versions.node}`);
console.log(`Limits raised for all of it: ${JSON.stringify(policy)}`);
const roll = dice(11);
const names = Array.from({ length: pairs + warmUp }, (_, pair) => {
  const known = 2 * pair + roll(2);
  return { known, unknown: known % 2 === 0 ? known + 1 : known - 1 };
});
const server = await startTestServer();
const database = await createTestDatabase(server.url, { clock: "real" });
const demo = await createDemo({
  port: 0,
  databaseUrl: database.url,
  keyRing: newKeyRingText(),
  testMode: false,
  policy,
  callRates: { network: 1_000_000, apiKey: 1_000_000 },
  users: names.map(({ known }) => person(known)),
  log: createLog({ level: "silent" }),
});

async function signIn(kind: Kind, index: number, counts: boolean): Promise<void> {
  const visitor = await visitDemo(demo);
  const timed = async <T>(into: Record<Kind, number[]>, call: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const answer = await call();
    if (counts) into[kind].push(performance.now() - begun);
    return answer;
  };
  const input = { UserName: person(index).userName };
  const asked = await timed(asking, () => visitor.run("sign-in", input, "sign-in-with-mailed-code"));
  // At once, while the mail waits. Any code is wrong, but for one in a hundred million.
  const answered = await timed(confirming, () => visitor.answer(asked, { Code: "00000000" }));
  if (answered.status !== "suspended") throw new Error(`A wrong code ended as ${answered.status}.`);
}

for (const [pair, { known, unknown }] of names.entries()) {
  const counts = pair >= warmUp;
  const turns = [
    ["known", known],
    ["unknown", unknown],
  ] as const;
  for (const [kind, index] of roll(2) === 0 ? turns : turns.toReversed()) await signIn(kind, index, counts);
}
await demo.close();
await database.close();
await server.close();

const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`\nsign-ins: ${seconds} s, load average ${loadBefore} before and ${load()} after`);
tell("asking", asking);
tell("confirming", confirming);

function tell(what: string, { known, unknown }: Record<Kind, readonly number[]>): void {
  const auc = rankAuc(known, unknown);
  const holds = auc >= 0.45 && auc <= 0.55;
  console.log(
    `  ${holds ? "holds" : "FAILS"}  ${what}, over HTTP for known and unknown users, 2 × ${pairs.toLocaleString("en")} in turns\n` +
      `         rank AUC ${auc.toFixed(3)} (medians ${median(known)} and ${median(unknown)} ms)\n` +
      "         must: 0.45 to 0.55",
  );
  if (!holds) process.exitCode = 1;
}

function median(sample: readonly number[]): string {
  return (sample.toSorted((left, right) => left - right)[sample.length >> 1] ?? Number.NaN).toFixed(2);
}
