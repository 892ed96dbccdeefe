import { describe, expect, it } from "vitest";
import { createOneTimeCodes } from "./create-one-time-codes.ts";
import { generateKey } from "./key/generate-key.ts";
import { createKeyRing } from "./key/key-ring.ts";
import { createMemoryOneTimeCodeStore } from "./memory/memory-one-time-code-store.ts";
import type { IssueCodeRequest } from "./one-time-codes.ts";
import { createOneTimeCodePolicy } from "./one-time-code-policy.ts";
import type { OneTimeCodeStore } from "./store/one-time-code-store.ts";
import { confirmRequest, dana, issueRequest, wrongCode } from "./testing/test-bench.ts";

const issuedAtMs = Date.UTC(2026, 0, 1);

function setUp(options: { testMode?: boolean; maxAttempts?: number; maxMalformed?: number } = {}) {
  const { testMode = false, ...limits } = options;
  const store = createMemoryOneTimeCodeStore({ now: () => issuedAtMs });
  const keyRing = createKeyRing({ current: "k1", keys: { k1: generateKey() } });
  const policy = createOneTimeCodePolicy({ clientConfirms: { seconds: 60, max: 10_000 }, ...limits });
  return { store, keyRing, codes: createOneTimeCodes({ store, keyRing, testMode, policy }) };
}

describe("createOneTimeCodes", () => {
  it("answers where the code goes and how long it lives", async () => {
    const { codes } = setUp();
    expect(await codes.issue(issueRequest())).toEqual({
      challengeId: expect.any(String),
      channel: "email",
      destination: "d•••@example.test",
      expiresAt: "2026-01-01T00:05:00.000Z",
      length: 6,
      resendAvailableAt: "2026-01-01T00:00:30.000Z",
      revealedCode: null,
      deliver: true,
    });
  });

  it("gives a request without a lifetime the policy's", async () => {
    const { codes } = setUp();
    const { lifetimeSeconds: _none, ...request } = issueRequest();
    expect((await codes.issue(request)).expiresAt).toBe("2026-01-01T00:05:00.000Z");
  });

  it.each([59, 601, 0, -1, Number.NaN, 1e9])(
    "refuses a lifetime of %s before anything is stored",
    async (lifetimeSeconds) => {
      const { codes, store } = setUp();
      await expect(codes.issue(issueRequest({ lifetimeSeconds }))).rejects.toMatchObject({
        code: "invalid-code-setting",
      });
      expect(store.dump()).toEqual([]);
    },
  );

  it("opens the mailed code with its times", async () => {
    const { codes } = setUp();
    const { challengeId, expiresAt } = await codes.issue(issueRequest({ alphabet: "unambiguous30", length: 12 }));
    expect(await codes.openForDelivery(challengeId)).toEqual({
      code: expect.stringMatching(/^[2-9A-HJKMNP-RT-Z]{12}$/),
      issuedAt: "2026-01-01T00:00:00.000Z",
      expiresAt,
    });
  });

  it("locks after as many attempts as the policy has", async () => {
    const { codes } = setUp({ maxAttempts: 1 });
    const { challengeId } = await codes.issue(issueRequest());
    const code = (await codes.openForDelivery(challengeId))?.code ?? "";
    expect((await codes.confirm(confirmRequest(wrongCode(code)))).outcome).toBe("refused");
    expect((await codes.confirm(confirmRequest(code))).outcome).toBe("refused");
  });

  it("shows the code when every gate of test mode is open", async () => {
    const { codes } = setUp({ testMode: true });
    const { challengeId, revealedCode } = await codes.issue(issueRequest());
    expect(revealedCode).toBe((await codes.openForDelivery(challengeId))?.code);
  });

  const closed: [string, boolean, Partial<IssueCodeRequest>][] = [
    ["the process", false, {}],
    ["the client", true, { client: { id: "digital-workplace", test: false } }],
    ["the user", true, { user: { ...dana, test: false } }],
    ["a disabled user", true, { user: { ...dana, enabled: false } }],
    ["a user without address", true, { user: { ...dana, email: null } }],
    ["an unknown user", true, { user: null }],
  ];
  it.each(closed)("shows no code when the gate is closed by %s", async (_name, testMode, changes) => {
    const { codes } = setUp({ testMode });
    expect((await codes.issue(issueRequest(changes))).revealedCode).toBeNull();
  });

  it("takes a hostile name for the name of nobody", async () => {
    const { codes } = setUp();
    for (const typedName of [
      "' OR 1=1--",
      "%",
      "__proto__",
      "x\r\nBcc: eve@example.test",
      "\ud800",
      "",
      "a".repeat(1e6),
    ]) {
      const issued = await codes.issue(issueRequest({ user: null, typedName }));
      expect(issued.destination).toMatch(/^[a-z]•••@example\.test$/u);
      expect(await codes.openForDelivery(issued.challengeId)).toBeNull();
    }
  });

  it.each(["dana", "u-dana", "Dana@Example.test"])(
    "masks the address of a disabled user who is asked for as %s as it would an enabled one's",
    async (typedName) => {
      const { codes } = setUp();
      const email = "Dana.Moreau@corp.test";
      const destinationOf = async (enabled: boolean) =>
        (await codes.issue(issueRequest({ user: { ...dana, email, enabled }, typedName }))).destination;
      expect(await destinationOf(false)).toBe("d•••@corp.test");
      expect(await destinationOf(true)).toBe("d•••@corp.test");
    },
  );

  it("names one decoy domain for a user without an address, whether asked for by name or by ID", async () => {
    const { store, keyRing } = setUp();
    const decoyDomains = Array.from({ length: 50 }, (_, index) => `corp-${index}.test`);
    const codes = createOneTimeCodes({
      store,
      keyRing,
      testMode: false,
      policy: createOneTimeCodePolicy({ decoyDomains }),
    });
    const user = { ...dana, id: "user-nora", email: null };
    const destinations = [];
    for (const typedName of ["nora", "user-nora", "NORA", "nora"]) {
      destinations.push((await codes.issue(issueRequest({ user, typedName }))).destination);
    }
    expect(destinations[0]).toMatch(/^n•••@corp-\d+\.test$/u);
    expect(new Set(destinations).size).toBe(1);
  });

  it("refuses 10 MB without reading them, and without an attempt", async () => {
    const { codes, store } = setUp({ maxMalformed: 1000 });
    const { challengeId } = await codes.issue(issueRequest());
    const code = "1".repeat(10 * 1024 * 1024);
    // Reading them this often would take longer than a test may.
    for (let times = 0; times < 1000; times += 1) {
      expect((await codes.confirm({ ...confirmRequest(code), attemptId: `run/confirm/${times}` })).outcome).toBe(
        "rejected",
      );
    }
    expect((await store.read({ tenant: "default", challengeId }))?.attempts).toBe(0);
  });

  it("refuses to open a challenge whose row was changed", async () => {
    const { codes, store, keyRing } = setUp();
    const { challengeId } = await codes.issue(issueRequest());
    const read: OneTimeCodeStore["read"] = async (request) => {
      const challenge = await store.read(request);
      return challenge && { ...challenge, userId: "u-mallory" };
    };
    const changed = createOneTimeCodes({ store: { ...store, read }, keyRing, testMode: false });
    await expect(changed.openForDelivery(challengeId)).rejects.toMatchObject({ code: "sealed-code-unreadable" });
  });
});
