import { describe, expect, it } from "vitest";
import { findInDump } from "./find-in-dump.ts";

describe("findInDump", () => {
  it.each([
    ["plain", { deep: [{ text: "code 0123456789." }] }],
    ["as a key", new Map([["0123456789", 1]])],
    ["reversed", "9876543210"],
    ["in base64", "x MDEyMzQ1Njc4OQ== x"],
    ["in base64, one byte in", btoa("x0123456789 and more")],
    ["in base64, two bytes in", btoa("xy0123456789")],
    ["in hex", "30313233343536373839"],
    ["in bytes", new Set([new TextEncoder().encode("0123456789")])],
  ])("finds a text that is there %s", (_name, dump) => {
    expect(findInDump(dump, ["0123456789"])).toEqual(["0123456789"]);
  });

  it("finds nothing where nothing is", () => {
    const loop: Record<string, unknown> = { at: new Date(0), none: null };
    loop["self"] = loop;
    expect(findInDump(loop, ["0123456789"])).toEqual([]);
  });
});
