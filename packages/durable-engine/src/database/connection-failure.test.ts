import { describe, expect, it } from "vitest";
import { isConnectionFailure } from "./connection-failure.ts";

describe("isConnectionFailure", () => {
  it.each([
    ["a name that cannot be resolved yet", { code: "EAI_AGAIN" }],
    ["nobody who listens", { code: "ECONNREFUSED" }],
    ["a host that is down", { code: "EHOSTDOWN" }],
    ["a connection that was aborted", { code: "ECONNABORTED" }],
    ["a server that shuts down", { code: "57P01" }],
    ["a statement that was held up for too long", { code: "57014" }],
    [
      "any of them inside what the journal throws",
      { error: Object.assign(new Error("It failed."), { code: "EPIPE" }) },
    ],
  ])("is %s", (_what, fields) => {
    expect(isConnectionFailure(Object.assign(new Error("It failed."), fields))).toBe(true);
  });

  it.each([
    ["a wrong password", { code: "28P01" }],
    ["a statement that is wrong", { code: "42601" }],
    ["a wrong use of Node", { code: "ERR_INVALID_ARG_TYPE" }],
  ])("is not %s", (_what, fields) => {
    expect(isConnectionFailure(Object.assign(new Error("It failed."), fields))).toBe(false);
  });
});
