import { describe, expect, it } from "vitest";
import { createFixedClock } from "@onceflow/step-runtime/memory";
import { createTestTrail } from "../testing/test-trail.ts";
import { createTrailReader } from "./create-trail-reader.ts";

describe("createTrailReader", () => {
  function setUp() {
    const clock = createFixedClock();
    const trail = createTestTrail();
    trail.write("issued");
    return { clock, trail, read: createTrailReader(trail, { clock }) };
  }

  it("counts what is written from its first reading on, by event and reason", async () => {
    const { trail, read } = setUp();
    expect([...(await read())]).toEqual([]);
    trail.write("issued");
    trail.write("confirm_failed", { reason: "wrong_code" });
    trail.write("confirm_failed", { reason: "wrong_code" });
    trail.write("budget_exhausted", { scope: "user" });
    expect([...(await read())]).toEqual([
      ["issued", 1],
      ["confirm_failed/wrong_code", 2],
      ["budget_exhausted/user", 1],
    ]);
  });

  it("counts once what appears behind later entries, also after a while", async () => {
    const { clock, trail, read } = setUp();
    await read();
    trail.write("issued", {}, { seq: 5 });
    expect(await read()).toEqual(new Map([["issued", 1]]));
    // Its transaction took its place in the trail earlier and commits only now.
    trail.write("confirmed", {}, { seq: 4 });
    for (let minute = 1; minute <= 4; minute += 1) {
      clock.advance(60_000);
      expect(await read()).toEqual(
        new Map([
          ["issued", 1],
          ["confirmed", 1],
        ]),
      );
    }
  });

  it("reads no more of the trail than the last minutes", async () => {
    const { clock, trail } = setUp();
    const ranges: number[] = [];
    const read = createTrailReader(
      {
        ...trail,
        tally(range) {
          ranges.push(range.after);
          return trail.tally(range);
        },
      },
      { clock },
    );
    for (let reading = 0; reading < 6; reading += 1) {
      await read();
      trail.write("issued");
      clock.advance(60_000);
    }
    expect(ranges.at(-1)).toBeGreaterThan(3);
    expect(await read()).toEqual(new Map([["issued", 6]]));
  });
});
