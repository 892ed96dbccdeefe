import { type ChildProcess, fork } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createOneTimeCodePolicy, newKeyRingText } from "@onceflow/one-time-code";
import { dice, generousPolicy } from "@onceflow/one-time-code/testing";
import { createPostgresApiKeys, openDatabase } from "@onceflow/storage";
import { createTestDatabase, startStoppableServer } from "@onceflow/storage/testing";
import type { DemoOptions } from "../server/create-demo.ts";
import { startMailCatcher } from "../server/mail-catcher.ts";
import { codeIn } from "../server/testing/mail-to.ts";
import { person } from "../server/testing/person.ts";

// Two hundred people sign in with a mailed code, over HTTP, on three processes of one database, while every few answers in
// seeded order a process is killed or the database is stopped as by a power cut. Each of them types a wrong code, then
// sends the right one to two processes at once; whoever gets no answer asks again, as any caller would.
const people = 200;
const processes = 3;
const atOnce = 8;
const kills = 30;
const seed = Number(process.argv[2] ?? 20_260_102);
if (!Number.isInteger(seed)) throw new Error(`The seed is a whole number, not "${process.argv[2]}".`);
const load = () => loadavg()[0]?.toFixed(2);

/** What is read of an execution, or of a problem. */
interface Answer {
  readonly runId?: string;
  readonly status?: string | number;
  readonly runToken?: string;
  readonly modal?: { readonly token?: string };
  readonly response?: { readonly confirmed?: boolean; readonly proof?: string };
}

console.log(
  `${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.versions.node}, seed ${seed}`,
);
const [loadBefore, started] = [load(), performance.now()];
const server = await startStoppableServer();
const database = await createTestDatabase(server.url, { clock: "real" });
await database.pool.end();
const catcher = await startMailCatcher();
const policy = createOneTimeCodePolicy(generousPolicy);
const order: DemoOptions = {
  port: 0,
  databaseUrl: database.url,
  keyRing: newKeyRingText(),
  smtpUrl: catcher.url,
  testMode: false,
  policy,
  callRates: { network: 1_000_000, apiKey: 1_000_000 },
  users: Array.from({ length: people }, (_, index) => person(index)),
};
const serving = new Map<ChildProcess, string | null>();
const happened = { "process killed": 0, "database stopped": 0, "calls asked again": 0 };
const codesOfMails = new Map<string, Set<string>>();
const codesOfPeople = new Map<string, Set<string>>();
const roll = dice(seed);
let done = 0;
let answers = 0;
let due = 6;
let killed = 0;
let killing = Promise.resolve();
let stopping = false;
const notSignedIn: string[] = [];
try {
  startProcess();
  await untilServing(1);
  for (let more = 1; more < processes; more += 1) startProcess();
  const key = await makeApiKey();
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < people; index = next++) {
      if (!(await signIn(index, key))) notSignedIn.push(person(index).userName);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  await killing;
  readMails();
  await tellAll();
} finally {
  stopping = true;
  for (const child of serving.keys()) child.kill("SIGKILL");
  await catcher.close();
  await server.close();
}

function startProcess(): void {
  const script = join(import.meta.dirname, "serving-process.ts");
  const child = fork(script, [JSON.stringify(order)], { execArgv: ["--conditions=source"], stdio: "ignore" });
  serving.set(child, null);
  child.once("message", (url) => serving.set(child, url as string));
  child.once("exit", () => {
    serving.delete(child);
    if (!stopping) startProcess();
  });
}

async function untilServing(count: number): Promise<readonly string[]> {
  for (;;) {
    const urls = [...serving.values()].filter((url) => url !== null);
    if (urls.length >= count) return urls;
    await pause(50);
  }
}

/** Every few answers something is killed, one thing after another. */
function countAnswer(): void {
  answers += 1;
  if (answers < due || killed === kills) return;
  due = answers + 6 + roll(20);
  killed += 1;
  killing = killing.then(killSomething);
}

async function killSomething(): Promise<void> {
  if (roll(4) > 0) {
    happened["process killed"] += 1;
    [...serving.keys()][roll(serving.size)]?.kill("SIGKILL");
  } else {
    happened["database stopped"] += 1;
    await server.stop("immediate");
    await server.start();
  }
}

/** Calls any process, until one answers what a caller need not ask again. */
async function call(path: string, bearer: string, body: object): Promise<Answer> {
  for (;;) {
    const urls = await untilServing(1);
    try {
      const response = await fetch(`${urls[Math.floor(Math.random() * urls.length)]}${path}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
      const answer = (await response.json()) as Answer;
      countAnswer();
      if (response.status < 500 && response.status !== 202) return answer;
    } catch {
      // Gone in the middle of the call.
    }
    happened["calls asked again"] += 1;
    await pause(100);
  }
}

async function signIn(index: number, key: string): Promise<boolean> {
  const { userName, email } = person(index);
  const execute = {
    user: userName,
    sessionId: `session-${index}`,
    input: { UserName: userName },
    idempotencyKey: `sign-in-${index}`,
  };
  const path = "/api/components/sign-in-with-mailed-code/dataflows/sign-in/execute";
  const asked = await call(path, key, execute);
  const answer = async (token: string, code: string, answerId: string) =>
    call(`/api/runs/${asked.runId}/answers/${token}`, asked.runToken ?? "", { value: { Code: code }, answerId });
  const code = await codeFor(email ?? "");
  const wrong = code.replace(/./, (digit) => String((Number(digit) + 1) % 10));
  const again = await answer(asked.modal?.token ?? "", wrong, `wrong-${index}`);
  const token = again.modal?.token ?? "";
  const both = await Promise.all([answer(token, code, `right-${index}`), answer(token, code, `right-${index}`)]);
  return both.every(({ status, response }) => status === "completed" && response?.confirmed === true);
}

async function codeFor(address: string): Promise<string> {
  for (;;) {
    readMails();
    const [code] = codesOfPeople.get(address) ?? [];
    if (code !== undefined) return code;
    await pause(50);
  }
}

function readMails(): void {
  for (const mail of catcher.mails()) {
    const code = codeIn(mail);
    codesOfMails.set(mail.messageId, (codesOfMails.get(mail.messageId) ?? new Set()).add(code));
    codesOfPeople.set(mail.to, (codesOfPeople.get(mail.to) ?? new Set()).add(code));
  }
}

async function makeApiKey(): Promise<string> {
  const opened = await openDatabase({ url: database.url });
  const keys = createPostgresApiKeys(opened, { tenant: "default" });
  const { key } = await keys.create({ clientId: "digital-workplace", scopes: ["execute"] });
  await opened.close();
  return key;
}

async function tellAll(): Promise<void> {
  const opened = await openDatabase({ url: database.url });
  const { rows } = await opened.pool.query<{ challenge: string; times: number }>(
    `SELECT challenge_id AS challenge, count(*)::int AS times FROM onceflow.audit_events
      WHERE event = 'confirmed' GROUP BY challenge_id`,
  );
  const { rows: open } = await opened.pool.query<{ run: string }>(
    "SELECT run_id AS run FROM runs.runs WHERE status <> 'completed'",
  );
  await opened.close();
  const told = Object.entries(happened)
    .map(([what, times]) => `${what} ${times} times`)
    .join(", ");
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`
sign-ins-under-kills: ${seconds} s, load average ${loadBefore} before and ${load()} after
  ${done} people, ${processes} processes; ${told}`);
  report("people who are not signed in", notSignedIn);
  report(
    "runs that have not completed",
    open.map(({ run }) => run),
  );
  report(
    `codes that were confirmed more than once, of ${rows.length}`,
    rows.flatMap(({ challenge, times }) => (times === 1 ? [] : [challenge])),
  );
  if (rows.length !== people) report("confirmed codes too few or too many", [String(rows.length - people)]);
  report(`mails with two codes, of ${codesOfMails.size}`, withTwo(codesOfMails));
  report("people who were mailed two codes", withTwo(codesOfPeople));
}

function withTwo(codes: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...codes].flatMap(([of, all]) => (all.size === 1 ? [] : [of]));
}

function report(what: string, found: readonly string[]): void {
  console.log(`  ${found.length === 0 ? "holds" : "FAILS"}  ${found.length} ${what} ${found.slice(0, 5).join(", ")}`);
  if (found.length > 0) process.exitCode = 1;
}
