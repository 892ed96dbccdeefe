import { describe, expect, it } from "vitest";
import { isConnectionFailure } from "./store-unavailable-error.ts";

describe("isConnectionFailure", () => {
  it.each([
    ["a name that cannot be resolved yet", { code: "EAI_AGAIN" }],
    ["a name that nobody knows yet", { code: "ENOTFOUND" }],
    ["nobody who listens", { code: "ECONNREFUSED" }],
    ["no socket yet", { code: "ENOENT" }],
    ["a host that is down", { code: "EHOSTDOWN" }],
    ["a network that is down", { code: "ENETDOWN" }],
    ["a network without a route", { code: "ENETUNREACH" }],
    ["a connection that was aborted", { code: "ECONNABORTED" }],
    ["a server that shuts down", { code: "57P01" }],
    ["a server with no room", { code: "53300" }],
  ])("is %s", (_what, fields) => {
    expect(isConnectionFailure(Object.assign(new Error("It failed."), fields))).toBe(true);
  });

  it.each([
    ["a wrong password", { code: "28P01" }],
    ["a database that there is not", { code: "3D000" }],
    ["a statement that is wrong", { code: "42601" }],
    ["a wrong use of Node", { code: "ERR_INVALID_ARG_TYPE" }],
    ["a certificate that is not trusted", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
  ])("is not %s", (_what, fields) => {
    expect(isConnectionFailure(Object.assign(new Error("It failed."), fields))).toBe(false);
  });
});
