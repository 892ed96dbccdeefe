import { describe, expect, it } from "vitest";
import { cleanInBatches } from "./clean-in-batches.ts";

describe("cleanInBatches", () => {
  it("goes on until a batch is not full", async () => {
    let due = 2500;
    const cleaned = await cleanInBatches(async ({ batch }) => {
      const count = Math.min(due, batch);
      due -= count;
      return count;
    });
    expect(cleaned).toBe(2500);
    expect(due).toBe(0);
  });

  it("ends after the batch in which it is told to", async () => {
    const over = new AbortController();
    let calls = 0;
    await cleanInBatches(
      async ({ batch }) => {
        calls += 1;
        if (calls === 2) over.abort();
        return batch;
      },
      { signal: over.signal },
    );
    expect(calls).toBe(2);
  });
});
