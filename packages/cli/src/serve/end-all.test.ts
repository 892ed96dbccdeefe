import { expect, it, onTestFinished, vi } from "vitest";
import { endAll } from "./end-all.ts";

it("ends the last first, and the others too when one cannot be ended", async () => {
  const ended: string[] = [];
  const failures: unknown[] = [];
  const broken = new Error("It does not end.");
  const ends = [
    () => void ended.push("port"),
    async () => void ended.push("database"),
    () => Promise.reject(broken),
    () => {
      throw broken;
    },
    () => void ended.push("engine"),
  ];
  await endAll(ends, (error) => void failures.push(error));
  expect(ended).toEqual(["engine", "database", "port"]);
  expect(failures).toEqual([broken, broken]);
});

it("gives all of them five seconds together, and each a second at least", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const left: number[] = [];
  const takes = (ms: number) => (leftMs: number) => {
    left.push(leftMs);
    vi.advanceTimersByTime(ms);
  };
  await endAll([takes(0), takes(4000), takes(2500)], () => {});
  expect(left).toEqual([5000, 2500, 1000]);
});
