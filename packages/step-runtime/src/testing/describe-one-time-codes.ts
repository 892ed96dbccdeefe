import { beforeEach, describe, expect, it } from "vitest";
import type { ConfirmCodeRequest, IssueCodeRequest, OneTimeCodes } from "../ports/one-time-codes.ts";

/** What a one-time-code adapter hands to its contract suite: in test mode, with a clock that stands still unless advanced. */
export interface OneTimeCodesFixture {
  readonly oneTimeCodes: OneTimeCodes;
  advance(ms: number): void;
}

const issueRequest: IssueCodeRequest = {
  idempotencyKey: "run-1/code/1",
  runId: "run-1",
  stepId: "code",
  user: { id: "user-demo", email: "demo@example.test", enabled: true, test: true },
  typedName: "demo",
  client: { id: "digital-workplace", test: true },
  sessionId: "session-1",
  ipClass: null,
  purpose: "second_factor",
  alphabet: "digits",
  length: 6,
  lifetimeSeconds: 300,
};
const confirmRequest: ConfirmCodeRequest = {
  attemptId: "run-2/confirm/1",
  runId: "run-2",
  stepId: "confirm",
  clientId: "digital-workplace",
  userId: "user-demo",
  sessionId: "session-1",
  ipClass: null,
  purpose: "second_factor",
  challengeId: null,
  code: "",
};

/** The contract of the OneTimeCodes port, as steps rely on it. */
export function describeOneTimeCodes(name: string, create: () => Promise<OneTimeCodesFixture>): void {
  describe(`OneTimeCodes: ${name}`, () => {
    let fixture: OneTimeCodesFixture;
    let codes: OneTimeCodes;
    beforeEach(async () => {
      fixture = await create();
      codes = fixture.oneTimeCodes;
    });
    const issueCode = async (): Promise<string> => (await codes.issue(issueRequest)).revealedCode ?? "";

    it("reveals a code of the asked length to a test user of a test client", async () => {
      expect(await issueCode()).toMatch(/^\d{6}$/);
    });

    it.each([
      [
        "a user who is not on the test list",
        { user: { ...issueRequest.user, test: false } as IssueCodeRequest["user"] },
      ],
      ["a client that is no test client", { client: { id: "portal", test: false } }],
      ["an unknown user", { user: null }],
      ["a disabled user", { user: { ...issueRequest.user, enabled: false } as IssueCodeRequest["user"] }],
      ["a user without an address", { user: { ...issueRequest.user, email: null } as IssueCodeRequest["user"] }],
    ])("answers alike and reveals nothing for %s", async (_, change) => {
      const real = await codes.issue(issueRequest);
      const other = await codes.issue({ ...issueRequest, idempotencyKey: "run-9/code/1", ...change });
      expect(Object.keys(other)).toEqual(Object.keys(real));
      expect(other.revealedCode).toBeNull();
    });

    it("gives a repeated step the same challenge, code and expiry", async () => {
      const first = await codes.issue(issueRequest);
      fixture.advance(5000);
      expect(await codes.issue(issueRequest)).toEqual(first);
    });

    it("confirms the right code once", async () => {
      const code = await issueCode();
      expect(await codes.confirm({ ...confirmRequest, code })).toMatchObject({
        outcome: "confirmed",
        userId: "user-demo",
      });
      expect(await codes.confirm({ ...confirmRequest, attemptId: "run-3/confirm/1", code })).toMatchObject({
        outcome: "refused",
      });
    });

    it("answers a repeated attempt as before", async () => {
      const code = await issueCode();
      const first = await codes.confirm({ ...confirmRequest, code });
      expect(await codes.confirm({ ...confirmRequest, code })).toEqual(first);
    });

    it("rejects wrong codes and refuses after the fifth", async () => {
      const code = await issueCode();
      const wrong = code === "000000" ? "000001" : "000000";
      const outcomes: string[] = [];
      for (let attempt = 1; attempt <= 6; attempt += 1) {
        const submission = {
          ...confirmRequest,
          attemptId: `run-2/confirm/${attempt}`,
          code: attempt === 6 ? code : wrong,
        };
        outcomes.push((await codes.confirm(submission)).outcome);
      }
      expect(outcomes).toEqual(["rejected", "rejected", "rejected", "rejected", "refused", "refused"]);
    });

    it("refuses a code from the moment it expires", async () => {
      const code = await issueCode();
      fixture.advance(300_000);
      expect(await codes.confirm({ ...confirmRequest, code })).toMatchObject({ outcome: "refused" });
    });

    it.each([
      ["user", { userId: "user-alice" }],
      ["client", { clientId: "portal" }],
      ["session", { sessionId: "session-2" }],
      ["purpose", { purpose: "sole_factor" as const }],
    ])("refuses a code of another %s and leaves it usable", async (_, change) => {
      const code = await issueCode();
      expect(await codes.confirm({ ...confirmRequest, attemptId: "foreign", code, ...change })).toMatchObject({
        outcome: "refused",
      });
      expect(await codes.confirm({ ...confirmRequest, code })).toMatchObject({ outcome: "confirmed" });
    });

    it("refuses the code of a revoked run", async () => {
      const code = await issueCode();
      await codes.revokeRun("run-1");
      expect(await codes.confirm({ ...confirmRequest, code })).toMatchObject({ outcome: "refused" });
    });
  });
}
