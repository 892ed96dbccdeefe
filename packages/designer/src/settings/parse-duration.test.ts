import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration } from "./parse-duration.ts";

describe("parseDuration", () => {
  it.each([
    ["300", 300],
    [" 300 ", 300],
    ["300s", 300],
    ["300 sec", 300],
    ["5m", 300],
    ["5 min", 300],
    ["5 mn", 300],
    ["1m30s", 90],
    ["1 h", 3600],
    ["PT5M", 300],
    ["pt1m30s", 90],
    ["PT1H", 3600],
    ["0", 0],
  ])("reads %j as %i seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    "",
    "five",
    "5x",
    "-5",
    "5.5m",
    "PT",
    "P1D",
    "PT5",
    "1m30",
    "30s1m",
    "5m5m",
    "99999999999999999999",
    "5:00",
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it("reads minutes and seconds as their sum, however they are spaced", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(59), fc.constantFrom("", " "), (minutes, seconds, gap) => {
        const total = minutes * 60 + seconds;
        expect(parseDuration(`${minutes}m${gap}${seconds}s`)).toBe(total);
        expect(parseDuration(`PT${minutes}M${seconds}S`)).toBe(total);
        expect(parseDuration(String(total))).toBe(total);
      }),
    );
  });
});
