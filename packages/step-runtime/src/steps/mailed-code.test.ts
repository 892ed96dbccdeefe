import { describe, expect, it } from "vitest";
import { createFixedClock } from "../memory/fixed-clock.ts";
import { mailedCode } from "../testing/mailed-code.ts";
import { createMemoryOneTimeCodes } from "../testing/memory-one-time-codes.ts";
import { runOnce } from "../testing/run-once.ts";

const input = { UserName: "alice" };
const caller = { userId: null };

function setUp({ testMode = true } = {}) {
  const clock = createFixedClock();
  const oneTimeCodes = createMemoryOneTimeCodes({ clock, testMode });
  const typed = (challenge: number) => async () => ({
    value: { Code: (await oneTimeCodes.openForDelivery(`challenge-${challenge}`))?.code ?? "" },
  });
  return { oneTimeCodes, typed };
}

describe("a sign-in with a mailed code", () => {
  it("mails the code and confirms it", async () => {
    const { oneTimeCodes, typed } = setUp();
    const { result } = await runOnce(mailedCode, { input, caller, oneTimeCodes, answers: [typed(1)] });
    expect(result).toMatchObject({ status: "completed", response: { confirmed: true } });
    expect(result.messages).toMatchObject([{ stepId: "mail", to: "a•••@example.test", subject: "Your code" }]);
    expect(result.messages[0]?.text).toMatch(/^\d{6} for alice, typed $/);
  });

  it.each(["alice", "ghost"])("mails the code of %s to nobody else", async (UserName) => {
    const text = JSON.stringify(mailedCode);
    const toDemo = text.replace(/("type":"send-templated-notification".*?"userName":)\{[^}]*\}/, '$1"demo"');
    expect(toDemo).not.toBe(text);
    const { result } = await runOnce(JSON.parse(toDemo) as typeof mailedCode, { input: { UserName }, caller });
    expect(result).toMatchObject({ status: "failed", error: { code: "notification-failed", stepId: "mail" } });
    expect(result.messages).toEqual([]);
  });

  it("sends a message without the code also when the code is used up", async () => {
    const { oneTimeCodes, typed } = setUp();
    const [dataflow] = mailedCode.dataflows;
    const [stage] = dataflow?.stages ?? [];
    if (dataflow === undefined || stage === undefined) throw new Error("The component has no steps.");
    const thanks = {
      id: "thanks",
      type: "send-templated-notification",
      name: "Thanks",
      sources: ["confirm.confirmed"],
      settings: { userName: { $path: "data.UserName" }, template: "signed-in" },
    };
    const steps = stage.steps.map((step) => (step.id === "in" ? { ...step, sources: ["thanks"] } : step));
    const component = {
      ...mailedCode,
      templates: [...mailedCode.templates, { id: "signed-in", subject: "Signed in", text: "It was you." }],
      dataflows: [{ ...dataflow, stages: [{ ...stage, steps: [...steps, thanks] }] }],
    };
    const { result } = await runOnce(component, { input, caller, oneTimeCodes, answers: [typed(1)] });
    expect(result.messages.map(({ subject }) => subject)).toEqual(["Your code", "Signed in"]);
  });

  it("masks the code of the message outside test mode", async () => {
    const { oneTimeCodes, typed } = setUp({ testMode: false });
    const { result } = await runOnce(mailedCode, { input, caller, oneTimeCodes, answers: [typed(1)] });
    expect(result.messages[0]?.text).toBe("•••••• for alice, typed ");
  });

  it("masks it in test mode, too, for a client that is no test client", async () => {
    const { oneTimeCodes, typed } = setUp();
    const portal = { ...caller, clientId: "portal" };
    const { result } = await runOnce(mailedCode, { input, caller: portal, oneTimeCodes, answers: [typed(1)] });
    expect(result.messages[0]?.text).toBe("•••••• for alice, typed ");
  });

  it("sends another code on demand, of which only the last one counts", async () => {
    const { oneTimeCodes, typed } = setUp();
    const resend = async () => ({ outcome: "resend" as const });
    const old = async () => ({ value: { Code: "100001" } });
    const { result, events } = await runOnce(mailedCode, {
      input,
      caller,
      oneTimeCodes,
      answers: [resend, old, typed(2)],
    });
    expect(result).toMatchObject({ status: "completed", response: { confirmed: true } });
    expect(result.messages).toHaveLength(2);
    // What was typed before reaches no message.
    expect(result.messages[1]?.text).toMatch(/typed $/);
    expect(events.filter(({ type }) => type === "run-suspended")).toHaveLength(3);
  });

  it("fails when nobody answers in time, and its code is dead", async () => {
    const { oneTimeCodes } = setUp();
    const { result } = await runOnce(mailedCode, { input, caller, oneTimeCodes, answers: ["timeout"] });
    expect(result).toMatchObject({ status: "failed", error: { code: "no-response", stepId: "ask" } });
    expect(await oneTimeCodes.openForDelivery("challenge-1")).toBeNull();
  });

  it("goes the same way for a name that nobody has, and mails nothing", async () => {
    const wrong = async () => ({ value: { Code: "000000" } });
    const answers = [wrong, wrong, wrong, wrong, wrong];
    const { result } = await runOnce(mailedCode, { input: { UserName: "ghost" }, caller, answers });
    expect(result).toMatchObject({ status: "completed", response: { confirmed: false }, messages: [] });
  });

  it("is stopped by its twenty-first activation of a step", async () => {
    const resend = async () => ({ outcome: "resend" as const });
    const { result } = await runOnce(mailedCode, { input, caller, answers: Array.from({ length: 30 }, () => resend) });
    expect(result).toMatchObject({ status: "failed", error: { code: "too-many-activations" } });
  });
});
