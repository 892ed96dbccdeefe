import { expect, it } from "vitest";
import { preferredWait } from "./preferred-wait.ts";

it.each([
  [undefined, 30_000, null],
  ["wait=0", 0, "wait=0"],
  ["Wait = 5", 5000, "wait=5"],
  ["respond-async, wait=10; foo=bar", 10_000, "wait=10"],
  ["wait=9999", 30_000, "wait=9999"],
  ["wait=-1", 30_000, null],
  ["await=0", 30_000, null],
])("%s waits %i ms", (prefer, waitMs, applied) => {
  expect(preferredWait(prefer, { limitMs: 30_000 })).toEqual({ waitMs, applied });
});
