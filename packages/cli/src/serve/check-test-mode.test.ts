import { describe, expect, it } from "vitest";
import { checkTestMode, TestModeRefusedError } from "./check-test-mode.ts";

const local = { requested: true, publicUrl: "http://127.0.0.1:4310", nodeEnv: undefined };

describe("checkTestMode", () => {
  it("is off when the process was not started with it, wherever it runs", () => {
    expect(checkTestMode({ ...local, requested: false })).toBe(false);
    expect(checkTestMode({ requested: false, publicUrl: "https://codes.example.com", nodeEnv: "production" })).toBe(
      false,
    );
  });

  it.each([
    "http://127.0.0.1:4310",
    "http://127.8.9.10",
    "http://localhost:4310",
    "http://[::1]:4310",
    "https://codes.test",
    "http://a.localhost",
  ])("is on at %s", (publicUrl) => {
    expect(checkTestMode({ ...local, publicUrl })).toBe(true);
  });

  it.each([
    "https://codes.example.com",
    "http://192.168.1.7:4310",
    "http://0.0.0.0:4310",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://codestest",
    "http://[2001:db8::1]",
    "ftp://localhost",
    "onceflow://codes.test",
    "file://localhost/index.html",
  ])("refuses the start at %s", (publicUrl) => {
    expect(() => checkTestMode({ ...local, publicUrl })).toThrow(TestModeRefusedError);
  });

  it.each(["production", "Production", " PRODUCTION ", "production\n"])(
    "refuses the start in production, on loopback too: NODE_ENV=%j",
    (nodeEnv) => {
      expect(() => checkTestMode({ ...local, nodeEnv })).toThrow(/NODE_ENV=production/);
    },
  );
});
