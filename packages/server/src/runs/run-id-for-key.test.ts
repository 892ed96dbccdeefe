import { expect, it } from "vitest";
import { runIdForKey } from "./run-id-for-key.ts";

it("makes the same UUID from the same key and session, and no other", () => {
  const id = runIdForKey("key", { sessionId: "session" });
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(runIdForKey("key", { sessionId: "session" })).toBe(id);
  expect(runIdForKey("key", { sessionId: "sessio" })).not.toBe(id);
  expect(runIdForKey("nkey", { sessionId: "sessio" })).not.toBe(id);
});
