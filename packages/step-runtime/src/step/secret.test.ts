import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { readSecret, Secret, secretMask } from "./secret.ts";

describe("Secret", () => {
  const secret = new Secret("issued", "482913");

  it("prints as the mask wherever it is printed", () => {
    expect(String(secret)).toBe(secretMask);
    expect(secret.toString()).toBe(secretMask);
    expect(JSON.stringify({ code: secret })).toBe(JSON.stringify({ code: secretMask }));
    expect(inspect({ code: secret }, { depth: 9, showHidden: true })).not.toContain("482913");
  });

  it("gives its value only to readSecret", () => {
    expect(readSecret(secret)).toBe("482913");
    expect(Reflect.ownKeys(secret).map((key) => Reflect.get(secret, key))).not.toContain("482913");
  });

  it("leaves nothing of the value in a clone", () => {
    expect(JSON.stringify(structuredClone(secret))).not.toContain("482913");
    expect(JSON.stringify(Object.assign({}, secret))).not.toContain("482913");
  });

  it("holds nothing when it was made without a value", () => {
    expect(readSecret(new Secret("issued", null))).toBeNull();
  });
});
