import { confirmRequest, generousPolicy, wrongCode } from "@onceflow/one-time-code/testing";
import { callInProcesses } from "../src/one-time-codes/testing/call-in-processes.ts";
import type { Finding } from "./finding.ts";
import { type SoakBench, withBench } from "./soak-bench.ts";

const processes = [0, 1, 2, 3];
const each = 250;
const rounds = 3;

/** Four processes on one challenge, some times: all with the right code, and all with wrong ones. */
export async function stormOfProcesses(url: string): Promise<Finding[]> {
  return withBench({ url, clock: "test" }, async (bench) => {
    const right: Storm[] = [];
    const wrong: Storm[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // The limits of a client are by the second, and the clock stands still.
      await bench.advance(60_000);
      right.push(await storm(bench, `right-${round}`, (code) => code));
      await bench.advance(60_000);
      wrong.push(await storm(bench, `wrong-${round}`, wrongCode));
    }
    const storms = `${(processes.length * each).toLocaleString("en")} at once over 4 processes, ${rounds} times`;
    return [
      finding(`right codes, ${storms}`, right, "1 ok, 1 evaluated, then refused"),
      finding(`wrong codes, ${storms}, then the right one`, wrong, "0 ok, 5 evaluated, then refused"),
    ];
  });
}

interface Storm {
  readonly confirmed: number;
  readonly attempts: number | undefined;
  /** What the right code is answered afterwards. */
  readonly after: string;
}

function finding(what: string, storms: readonly Storm[], must: string): Finding {
  const figures = new Set(
    storms.map(({ confirmed, attempts, after }) => `${confirmed} ok, ${attempts} evaluated, then ${after}`),
  );
  return { what, figure: [...figures].join("; "), must, holds: figures.size === 1 && figures.has(must) };
}

async function storm(
  bench: SoakBench,
  sessionId: string,
  typed: (code: string, index: number) => string,
): Promise<Storm> {
  const issued = await bench.issue({ sessionId });
  const code = await bench.codeOf(issued);
  const confirms = (part: number) =>
    Array.from({ length: each }, (_, index) => confirmRequest(typed(code, part * each + index + 1), { sessionId }));
  const order = { url: bench.database.url, keyRingText: bench.keyRingText, policy: generousPolicy, issues: [] };
  const reports = await callInProcesses(processes.map((part) => ({ ...order, confirms: confirms(part) })));
  const answers = reports.flatMap(({ confirmed }) => confirmed);
  return {
    confirmed: answers.filter(({ outcome }) => outcome === "confirmed").length,
    attempts: await bench.attemptsOf(issued),
    after: (await bench.confirm(code, { sessionId })).outcome,
  };
}
