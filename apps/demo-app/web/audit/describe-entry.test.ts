import { describe, expect, it } from "vitest";
import type { AuditEntry } from "./audit-api.ts";
import { eventGroups } from "./audit-events.ts";
import { auditTexts } from "./audit-texts.ts";
import { asksForUnlock, describeDetails, nameOfEvent } from "./describe-entry.ts";

const texts = auditTexts("en");

function entry(event: string, details: Readonly<Record<string, unknown>>): AuditEntry {
  return {
    seq: 1,
    atMs: 0,
    event,
    userId: "user-demo",
    clientId: "portal",
    purpose: null,
    runId: null,
    stepId: null,
    challengeId: null,
    ipClass: null,
    details,
  };
}

describe("the words of an entry", () => {
  it.each([
    ["confirm_failed", { reason: "wrong_code", attemptNumber: 3 }, "wrong code · attempt 3"],
    ["confirm_failed", { reason: "malformed", attemptNumber: null }, "not a well-formed code"],
    ["issued", { decoy: true }, "decoy: nothing is sent"],
    ["issued", { decoy: false }, ""],
    ["budget_exhausted", { scope: "failures" }, "failed tries of the user"],
    ["superseded", { by: "0c5e8a52-1111-4222-8333-444455556666" }, "by 0c5e8a52…"],
    ["delivery_failed", { reason: "smtp_550" }, "the mail server answered 550"],
    ["api_key_added", { keyId: "k1", scopes: ["author", "execute"] }, "keyId: k1 · scopes: author, execute"],
    ["new_event", { reason: "new_reason", count: 2 }, "new_reason · count: 2"],
  ])("of %s with %o are “%s”", (event, details, words) => {
    expect(describeDetails(entry(event, details), texts)).toBe(words);
  });

  it("name every event of the filters in both languages, and read an unknown one as it is", () => {
    for (const event of Object.values(eventGroups).flat()) {
      for (const locale of ["en", "fr"] as const) expect(auditTexts(locale).eventNames).toHaveProperty(event);
    }
    expect(nameOfEvent("new_event", texts)).toBe("new event");
  });

  it("are the same ones in French", () => {
    const french = auditTexts("fr");
    for (const part of ["eventNames", "reasons", "scopes"] as const) {
      expect(Object.keys(french[part])).toEqual(Object.keys(texts[part]));
    }
  });
});

describe("an unlock", () => {
  it.each([
    ["locked", {}, true],
    ["confirm_failed", { reason: "wait" }, true],
    ["budget_exhausted", { scope: "failures" }, true],
    ["confirm_failed", { reason: "wrong_code" }, false],
    ["budget_exhausted", { scope: "client" }, false],
    ["unlocked", {}, false],
  ])("is offered at %s with %o: %s", (event, details, offered) => {
    expect(asksForUnlock(entry(event, details))).toBe(offered);
    expect(asksForUnlock({ ...entry(event, details), userId: null })).toBe(false);
  });
});
