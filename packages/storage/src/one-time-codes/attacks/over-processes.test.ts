import { createOneTimeCodePolicy } from "@onceflow/one-time-code";
import { confirmRequest, generousPolicy, issueRequest, wrongCode } from "@onceflow/one-time-code/testing";
import { describe, expect, it } from "vitest";
import { callInProcesses } from "../testing/call-in-processes.ts";
import { openBench, type PostgresBench } from "../testing/open-bench.ts";

const processes = [0, 1, 2, 3];

function order({ database, keyRingText }: PostgresBench) {
  return { url: database.url, keyRingText, policy: generousPolicy, issues: [], confirms: [] };
}

describe("four processes on one database", () => {
  it("confirm a right code exactly once, of 1,000 at the same time", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const code = await bench.codeOf(issued);
    const confirms = () => Array.from({ length: 250 }, () => confirmRequest(code));
    const reports = await callInProcesses(processes.map(() => ({ ...order(bench), confirms: confirms() })));
    const answers = reports.flatMap(({ confirmed }) => confirmed);
    expect(answers).toHaveLength(1000);
    expect(answers.filter(({ outcome }) => outcome === "confirmed")).toHaveLength(1);
    expect((await bench.audit()).filter(({ event }) => event === "confirmed")).toHaveLength(1);
  });

  it("evaluate five of 1,000 wrong ones, and refuse the right one after them", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const code = await bench.codeOf(issued);
    const confirms = (part: number) =>
      Array.from({ length: 250 }, (_, index) => confirmRequest(wrongCode(code, part * 250 + index + 1)));
    const reports = await callInProcesses(processes.map((part) => ({ ...order(bench), confirms: confirms(part) })));
    expect(reports.flatMap(({ confirmed }) => confirmed).filter(({ outcome }) => outcome === "rejected")).toHaveLength(
      4,
    );
    expect(await bench.attemptsOf(issued)).toBe(5);
    expect((await bench.confirm(code)).outcome).toBe("refused");
  });

  it("never evaluate more than five of 999 wrong ones and the right one, wherever it stands", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const code = await bench.codeOf(issued);
    const typed = Array.from({ length: 999 }, (_, index) => wrongCode(code, index + 1));
    typed.splice(Math.floor(Math.random() * 1000), 0, code);
    const reports = await callInProcesses(
      processes.map((part) => ({
        ...order(bench),
        confirms: typed.slice(part * 250, part * 250 + 250).map((one) => confirmRequest(one)),
      })),
    );
    const answers = reports.flatMap(({ confirmed }) => confirmed);
    const evaluated = (await bench.audit()).filter(
      (event) => event.event === "confirmed" || (event.event === "confirm_failed" && event.reason === "wrong_code"),
    );
    expect(answers).toHaveLength(1000);
    expect(evaluated.length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ outcome }) => outcome === "confirmed").length).toBeLessThanOrEqual(1);
  });

  it("give one attempt sent by all of them one answer", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const attempt = confirmRequest(await bench.codeOf(issued));
    const reports = await callInProcesses(processes.map(() => ({ ...order(bench), confirms: [attempt, attempt] })));
    const answers = reports.flatMap(({ confirmed }) => confirmed);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.outcome).toBe("confirmed");
    expect(await bench.attemptsOf(issued)).toBe(1);
  });

  it("send one code per cooldown in a flood of resends", async () => {
    const bench = await openBench();
    const issues = (part: number) =>
      Array.from({ length: 25 }, (_, index) =>
        issueRequest({ sessionId: `s-${index % 2 ? 0 : part}`, runId: `r-${part}-${index}` }),
      );
    const reports = await callInProcesses(
      processes.map((part) => ({ ...order(bench), policy: createOneTimeCodePolicy(), issues: issues(part) })),
    );
    expect(reports.flatMap(({ issued }) => issued).filter(({ deliver }) => deliver)).toHaveLength(1);
  });

  it("make one challenge of one activation", async () => {
    const bench = await openBench();
    const request = issueRequest();
    const reports = await callInProcesses(processes.map(() => ({ ...order(bench), issues: [request, request] })));
    expect(new Set(reports.flatMap(({ issued }) => issued).map(({ challengeId }) => challengeId)).size).toBe(1);
  });
});
