import { describe, expect, it } from "vitest";
import { createConsoleRecord } from "./console-record.ts";

describe("createConsoleRecord", () => {
  it("keeps what fits exactly without a note", () => {
    const record = createConsoleRecord({ consoleBytes: 4, consoleLines: 2 });
    record.add("log", "éé");
    expect(record.lines()).toEqual([{ level: "log", text: "éé" }]);
  });

  it("cuts between characters, counts bytes and says that something is missing", () => {
    const record = createConsoleRecord({ consoleBytes: 5, consoleLines: 10 });
    record.add("error", "ééé");
    record.add("log", "later");
    expect(record.lines()).toEqual([
      { level: "error", text: "éé" },
      { level: "warn", text: "The console was cut: it holds 5 bytes and 10 lines." },
    ]);
  });

  it("stops at the last line", () => {
    const record = createConsoleRecord({ consoleBytes: 100, consoleLines: 2 });
    for (const text of ["a", "b", "c", "d"]) record.add("info", text);
    expect(record.lines().map((line) => line.text)).toEqual([
      "a",
      "b",
      "The console was cut: it holds 100 bytes and 2 lines.",
    ]);
  });
});
