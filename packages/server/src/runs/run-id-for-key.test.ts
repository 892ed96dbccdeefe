import { expect, it } from "vitest";
import { runIdForKey } from "./run-id-for-key.ts";

it("makes the same UUID from the same key, client and session, and no other", () => {
  const id = runIdForKey("key", { clientId: "portal", sessionId: "session" });
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(runIdForKey("key", { clientId: "portal", sessionId: "session" })).toBe(id);
  for (const [key, clientId, sessionId] of [
    ["key", "portal", "sessio"],
    ["nkey", "portal", "sessio"],
    ["key", "porta", "session"],
    ["key", "portal", null],
    ["key", "portal", "null"],
  ] as const) {
    expect(runIdForKey(key, { clientId, sessionId })).not.toBe(id);
  }
  expect(runIdForKey("key", { clientId: "portal", sessionId: null })).not.toBe(
    runIdForKey("key", { clientId: "portal", sessionId: "null" }),
  );
});
