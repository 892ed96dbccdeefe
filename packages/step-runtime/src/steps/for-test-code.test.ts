import { describe, expect, it } from "vitest";
import { createFixedClock } from "../memory/fixed-clock.ts";
import { sampleUsers } from "../memory/sample-users.ts";
import type { User } from "../ports/users.ts";
import { forTestCode } from "../testing/for-test-code.ts";
import { createMemoryOneTimeCodes } from "../testing/memory-one-time-codes.ts";
import { createPlainScriptRunner } from "../testing/plain-script-runner.ts";
import { runOnce, type RunOnceOptions } from "../testing/run-once.ts";

const getCodeScript = createPlainScriptRunner((item) => {
  item["new_code"] = (item["oneTimeCode"] as { readonly code: string }).code;
});
const cleanScript = createPlainScriptRunner((item) => {
  item["_code"] = ((item["data"] as { readonly ForTestCode: string | null }).ForTestCode ?? "").replaceAll(
    /['"\s-]/g,
    "",
  );
});
const getCode = (options: RunOnceOptions = {}) => runOnce(forTestCode, { scriptRunner: getCodeScript, ...options });
const confirmCode = (typed: string, options: RunOnceOptions = {}) =>
  runOnce(forTestCode, {
    dataflowId: "confirm-code",
    scriptRunner: cleanScript,
    input: { ForTestCode: typed },
    ...options,
  });

describe("ForTestCode", () => {
  it("shows the code in modal, response and definitions in test mode, and nowhere in its events", async () => {
    const { result, events } = await getCode();
    expect(result.definitions).toEqual({ ForTestCode: "100001" });
    expect(result.response).toEqual({ ForTestCode: "100001" });
    expect(result.modal).toMatchObject({
      id: "code",
      controls: [{ type: "label", value: "100001" }, { type: "button" }],
    });
    expect(JSON.stringify(events)).not.toContain("100001");
    expect(JSON.stringify(events)).not.toContain("demo@example.test");
  });

  it("completes with the mask outside test mode", async () => {
    const { result } = await getCode({ testMode: false });
    expect(result).toMatchObject({
      status: "completed",
      definitions: { ForTestCode: "••••••" },
      modal: { controls: [{ value: "••••••" }, {}] },
    });
  });

  it("confirms the typed code, whatever quotes, spaces and dashes stand around it", async () => {
    const oneTimeCodes = createMemoryOneTimeCodes({ clock: createFixedClock() });
    await getCode({ oneTimeCodes });
    const { result, events } = await confirmCode("'100-001 '", { oneTimeCodes });
    expect(result).toMatchObject({ status: "completed", response: { confirmed: true, retryable: false } });
    expect(result.definitions).toEqual({ ForTestCode: "••••••" });
    expect(JSON.stringify(events)).not.toContain("100001");
  });

  it("rejects a wrong code and lets the person try again", async () => {
    const oneTimeCodes = createMemoryOneTimeCodes({ clock: createFixedClock() });
    await getCode({ oneTimeCodes });
    const { result } = await confirmCode("999999", { oneTimeCodes });
    expect(result.response).toEqual({ confirmed: false, retryable: true });
  });

  it.each([
    ["session", { sessionId: "session-2" }],
    ["client", { clientId: "portal" }],
    ["user", { userId: "user-alice" }],
  ])("never confirms for another %s", async (_, caller) => {
    const oneTimeCodes = createMemoryOneTimeCodes({ clock: createFixedClock() });
    await getCode({ oneTimeCodes });
    const { result } = await confirmCode("100001", { oneTimeCodes, caller });
    expect(result.response).toEqual({ confirmed: false, retryable: false });
  });

  it.each([
    ["was disabled", (user: User) => ({ ...user, enabled: false })],
    [
      "is gone, though another one is named like their ID",
      (user: User) => ({ ...user, id: "other", userName: user.id }),
    ],
  ])("refuses the right code of a user who %s since it was issued", async (_, change) => {
    const oneTimeCodes = createMemoryOneTimeCodes({ clock: createFixedClock() });
    await getCode({ oneTimeCodes });
    const { result } = await confirmCode("100001", { oneTimeCodes, users: sampleUsers.map(change) });
    expect(result.response).toEqual({ confirmed: false, retryable: false });
  });

  it.each([
    ["nobody signed in", { userId: null }],
    ["an unknown user", { userId: "user-nobody" }],
    ["a disabled user", { userId: "user-disabled" }],
    ["a user without an address", { userId: "user-noaddress" }],
  ])("answers alike for %s", async (_, caller) => {
    const { result } = await getCode({ caller });
    expect(result).toMatchObject({ status: "completed", response: { ForTestCode: "••••••" }, error: null });
  });

  it("fails as client-mismatch for a client that is not the caller's", async () => {
    const { result } = await getCode({ caller: { clientId: "portal" } });
    expect(result).toMatchObject({ status: "failed", error: { code: "client-mismatch", stepId: "code" } });
  });

  it("fails as invalid-input, naming the definition, when nobody follows invalid", async () => {
    const { result } = await runOnce(forTestCode, { input: { Nope: 1 } });
    expect(result.error).toMatchObject({
      code: "invalid-input",
      stepId: "model",
      message: "The input has a value for something that is no definition. Declared: ForTestCode.",
    });
    const wrong = await runOnce(forTestCode, { input: { ForTestCode: 7 } });
    expect(wrong.result.error?.message).toBe('The value of definition "ForTestCode" is not of type string.');
  });
});
