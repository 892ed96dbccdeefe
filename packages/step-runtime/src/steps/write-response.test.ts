import { describe, expect, it } from "vitest";
import type { Component, Step } from "../component/component-schema.ts";
import { validateComponent } from "../component/validate-component.ts";
import { createFixedClock } from "../memory/fixed-clock.ts";
import { createMemoryProofSigner } from "../memory/memory-proof-signer.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { buildDataflow } from "../testing/component-builder.ts";
import { mailedCode } from "../testing/mailed-code.ts";
import { createMemoryOneTimeCodes } from "../testing/memory-one-time-codes.ts";
import { createPlainScriptRunner } from "../testing/plain-script-runner.ts";
import { runOnce } from "../testing/run-once.ts";
import { verifyProof } from "../testing/verify-proof.ts";
import { builtInSteps } from "./index.ts";

type Change = { readonly id: string } & Partial<Step>;

/** The mailed code, some steps of it changed and some added; its confirmed path ends with a proof. */
function proving(...changes: readonly Change[]): Component {
  const proof: Change = { id: "in", settings: { value: { confirmed: true }, proof: true } };
  const [dataflow] = mailedCode.dataflows;
  const steps = new Map<string, Step>();
  for (const step of [...(dataflow?.stages[0]?.steps ?? []), proof, ...changes]) {
    steps.set(step.id, { ...steps.get(step.id), name: step.id, ...step } as Step);
  }
  const stages = [{ id: "only", name: "Only", steps: [...steps.values()] }];
  return { ...mailedCode, dataflows: [{ id: "sign-in", name: "Sign in", stages }] };
}

/** Signs in as alice with the right code. */
async function signIn(
  component: Component,
  { script, ...options }: { testMode?: boolean; script?: (item: Record<string, unknown>) => void } = {},
) {
  const clock = createFixedClock();
  const oneTimeCodes = createMemoryOneTimeCodes({ clock, ...options });
  const proofSigner = createMemoryProofSigner({ issuer: "https://codes.example.test" });
  const run = await runOnce(component, {
    ...options,
    input: { UserName: "alice" },
    caller: { userId: null },
    oneTimeCodes,
    proofSigner,
    scriptRunner: createPlainScriptRunner(
      script ??
        ((item) => {
          item["confirmation"] = { confirmed: true, userId: "user-demo", amr: ["hwk"] };
        }),
    ),
    answers: [async () => ({ value: { Code: (await oneTimeCodes.openForDelivery("challenge-1"))?.code ?? "" } })],
  });
  return { ...run, keys: await proofSigner.publicKeys() };
}

/** The proof in a response. */
function proofIn(response: unknown): string {
  return (response as { readonly proof?: string }).proof ?? "";
}

const errorsOf = (component: Component) =>
  validateComponent(component, createStepRegistry(builtInSteps))
    .filter(({ severity }) => severity === "error")
    .map(({ code, stepId }) => `${code} ${stepId}`);

describe("write-response with a signed proof", () => {
  it.each([true, false])(
    "adds a proof of who confirmed, for which client and in which run (test mode %s)",
    async (testMode) => {
      const { result, keys } = await signIn(proving(), { testMode });
      expect(result).toMatchObject({ status: "completed", response: { confirmed: true, proof: expect.any(String) } });
      const { claims } = await verifyProof(proofIn(result.response), keys);
      expect(claims).toMatchObject({
        iss: "https://codes.example.test",
        aud: "digital-workplace",
        sub: "user-alice",
        amr: ["otp"],
        purpose: "second_factor",
        run: "run-1",
      });
    },
  );

  it("shows the proof to the caller alone: every event masks it", async () => {
    const { result, events } = await signIn(proving());
    expect(events.find(({ type }) => type === "response-written")).toMatchObject({
      response: { confirmed: true, proof: "••••••" },
    });
    const [, , signature = ""] = proofIn(result.response).split(".");
    expect(signature).toHaveLength(86);
    expect(JSON.stringify(events)).not.toContain(signature);
    expect(JSON.stringify(result.definitions)).not.toContain(signature);
  });

  it("signs what was confirmed, whatever a script makes of it in the model", async () => {
    const { result, keys } = await signIn(
      proving(
        { id: "script", type: "execute-script", sources: ["confirm"], settings: { language: "javascript", code: "" } },
        { id: "in", sources: ["script"], settings: { value: { said: { $path: "confirmation" } }, proof: true } },
      ),
    );
    expect(result.response).toMatchObject({ said: { userId: "user-demo" } });
    const { claims } = await verifyProof(proofIn(result.response), keys);
    expect(claims).toMatchObject({ sub: "user-alice", amr: ["otp"] });
  });

  it("adds it to the definitions when no value is given", async () => {
    const { result } = await signIn(proving({ id: "in", settings: { proof: true } }));
    expect(result.response).toEqual({ UserName: "alice", Code: "••••••", proof: expect.any(String) });
  });

  it("reaches the response through a called dataflow, and nothing else there: no script, template or comparison", async () => {
    const steps = (mailedCode.dataflows[0]?.stages[0]?.steps ?? []).filter(({ id }) => !["confirm", "in"].includes(id));
    const asking = steps.map((step) => {
      if (step.id === "ask") return { ...step, sources: ["mail"] };
      return step.id === "out" ? { ...step, sources: ["ask.dismissed"] } : step;
    });
    const value = {
      proof: { $path: "_result.proof" },
      text: { $template: "{{ _result.proof }}" },
      copied: { $path: "copied" },
    };
    const main = buildDataflow([
      ...asking,
      {
        id: "call",
        type: "execute-dataflow",
        sources: ["ask"],
        settings: { dataflow: "verify", input: { Code: { $path: "data.Code" } } },
      },
      { id: "script", type: "execute-script", settings: { language: "javascript", code: "copied" } },
      {
        id: "same",
        type: "filter-source",
        settings: { field: "_result.proof", operator: "equal", value: { $path: "_result.proof" } },
      },
      { id: "matched", type: "write-response", sources: ["same.matched"], settings: { value: "matched" } },
      { id: "in", type: "write-response", sources: ["same.not-matched"], settings: { value } },
    ]);
    const verify = buildDataflow(
      [
        { id: "model", type: "get-action-model" },
        { id: "confirm", type: "confirm-one-time-code", settings: { userCodeField: "data.Code" } },
        { id: "in", type: "write-response", settings: { value: {}, proof: true } },
      ],
      { id: "verify" },
    );
    const items: string[] = [];
    const { result, keys } = await signIn(
      { ...mailedCode, dataflows: [main, verify] },
      {
        testMode: false,
        script(item) {
          items.push(JSON.stringify(item));
          item["copied"] = (item["data"] as { readonly Code?: unknown }).Code;
        },
      },
    );
    expect(result).toMatchObject({ status: "completed", response: { copied: "••••••", text: "••••••" } });
    expect((await verifyProof(proofIn(result.response), keys)).claims).toMatchObject({ sub: "user-alice" });
    expect(items.join()).not.toContain(proofIn(result.response));
  });

  it("fails the run where another code was issued since the confirmation", async () => {
    const again: Change = {
      id: "again",
      type: "get-one-time-code",
      sources: ["confirm"],
      settings: { userName: "demo" },
    };
    const inAtLast: Change = { id: "last", type: "write-response", sources: ["confirm"], settings: { proof: true } };
    const other: Change = { id: "in", settings: { value: null }, sources: ["again"] };
    const { result } = await signIn(proving(again, inAtLast, other));
    expect(result).toMatchObject({
      status: "failed",
      response: null,
      error: { code: "no-confirmation", stepId: "last" },
    });
  });

  it("fails the run when the value turns out to have no place for it", async () => {
    for (const value of [
      { $path: "data.UserName" },
      { $path: "confirmation.retryAt" },
      { $template: "{{ data.UserName }}" },
    ]) {
      const { result } = await signIn(proving({ id: "in", settings: { value, proof: true } }));
      expect(result).toMatchObject({ status: "failed", error: { code: "no-place-for-proof", stepId: "in" } });
    }
  });
});

describe("a component with a signed proof", () => {
  it("has no problem when every other path responds by itself", () => {
    expect(errorsOf(proving())).toEqual([]);
  });

  it("is told which proof a run can reach without a confirmed code", () => {
    const error = "proof-without-confirmation";
    expect(errorsOf(proving({ id: "in", sources: ["confirm.confirmed", "confirm.refused"] }))).toContain(`${error} in`);
    expect(errorsOf(proving({ id: "out", settings: { value: {}, proof: true } }))).toEqual([`${error} out`]);
  });

  it("is told of a proof behind a code that was issued since the confirmation", () => {
    const again: Change = {
      id: "again",
      type: "get-one-time-code",
      sources: ["confirm"],
      settings: { userName: "demo" },
    };
    expect(errorsOf(proving(again, { id: "in", sources: ["again"] }))).toEqual(["proof-without-confirmation in"]);
  });

  it("is told of a value that has no place for it", () => {
    for (const value of ["done", 7, null, [], { proof: "mine" }]) {
      expect(errorsOf(proving({ id: "in", settings: { value, proof: true } }))).toEqual(["no-place-for-proof in"]);
    }
    const definitions = [...mailedCode.definitions, { name: "proof", type: "string" as const }];
    expect(errorsOf({ ...proving({ id: "in", settings: { proof: true } }), definitions })).toEqual([
      "no-place-for-proof in",
    ]);
  });
});
