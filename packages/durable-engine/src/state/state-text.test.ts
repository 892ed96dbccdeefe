import { readSecret, Secret } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import { printState, readState } from "./state-text.ts";

describe("state text", () => {
  it("keeps secrets with their kind and value, at any depth", () => {
    const read = readState(
      printState({ a: [{ code: new Secret("issued", "123456") }], b: new Secret("entered", null) }),
    );
    const { a, b } = read as { a: [{ code: Secret }]; b: Secret };
    expect([a[0].code.kind, readSecret(a[0].code)]).toEqual(["issued", "123456"]);
    expect([b.kind, readSecret(b)]).toEqual(["entered", null]);
  });

  it.each([
    { $secret: ["entered", "forged"] },
    { $object: [["a", 1]] },
    { $object: { $secret: 1 } },
    [{ deep: { $secret: { $object: [{ $secret: "x" }] } } }],
    JSON.parse('{ "__proto__": 1, "a": { "$secret": { "__proto__": 2 } } }'),
  ])("reads %j, which looks like its own marks, as what it is", (value) => {
    expect(readState(printState(value))).toEqual(value);
  });
});
