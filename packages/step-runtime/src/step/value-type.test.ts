import { describe, expect, it } from "vitest";
import { matchesType } from "./value-type.ts";

describe("matchesType", () => {
  it.each<[string, unknown[], unknown[]]>([
    ["string", ["", "abc"], [1, null, {}]],
    ["integer", [0, -5], [1.5, "1", Number.NaN, 2 ** 60]],
    ["number", [0, 1.5], ["1", Number.NaN, Number.POSITIVE_INFINITY]],
    ["boolean", [true, false], ["true", 0]],
    ["date", ["2026-11-22"], ["2026-13-01", "22.11.2026"]],
    ["time", ["10:42:00"], ["25:00:00", "noon"]],
    ["datetime", ["2026-11-22T10:42:00Z", "2026-11-22T10:42:00+01:00"], ["2026-11-22", 5]],
    ["uri", ["https://example.test/a?b"], ["no uri", 5]],
    ["uuid", ["0b0ff1f0-8f6b-4a53-9a58-8d4a2b2a8a11"], ["0b0ff1f0", 5]],
    ["catalog", ["red", { id: "red" }], [5, ["red"]]],
    ["array", [[], [1]], [{}, "a"]],
    ["of-a-later-version", [1, "a", null], []],
  ])("knows a %s", (type, good, bad) => {
    expect(good.filter((value) => !matchesType(value, type))).toEqual([]);
    expect(bad.filter((value) => matchesType(value, type))).toEqual([]);
  });
});
