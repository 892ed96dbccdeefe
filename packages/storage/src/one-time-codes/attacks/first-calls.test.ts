import { describe, expect, it } from "vitest";
import { openBench } from "../testing/open-bench.ts";

describe("the first calls of a new client", () => {
  it("find its budget whole, also when they come at once", async () => {
    const bench = await openBench();
    for (let client = 0; client < 20; client += 1) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          bench.confirm("000000", { clientId: `c-${client}`, sessionId: `s-${index}` }),
        ),
      );
      expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["refused"]));
    }
  });
});
