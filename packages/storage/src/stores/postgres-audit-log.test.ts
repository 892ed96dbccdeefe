import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../testing/test-database.ts";
import { createPostgresAuditLog } from "./postgres-audit-log.ts";

/** The trail of the tenant `default`, what writes an entry, and the `seq` of the newest. */
async function openTrail() {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  const write = async (event: string, details: object = {}, tenant = "default") => {
    await database.pool.query(
      "INSERT INTO onceflow.audit_events (tenant, at_ms, event, details) VALUES ($1, otp.now(), $2, $3)",
      [tenant, event, details],
    );
  };
  const trail = createPostgresAuditLog(database, { tenant: "default" });
  return { trail, write, end: async () => (await trail.list({ limit: 1 }))[0]?.seq ?? 0 };
}

describe("the audit trail in PostgreSQL", () => {
  it("lists the entries of its tenant, newest first, page by page", async () => {
    const { trail, write } = await openTrail();
    for (const event of ["issued", "confirmed", "unlocked"]) await write(event);
    await write("issued", {}, "other");
    const page = await trail.list({ limit: 2 });
    expect(page.map(({ event }) => event)).toEqual(["unlocked", "confirmed"]);
    const before = page.at(-1)?.seq ?? 0;
    expect((await trail.list({ limit: 2, before })).map(({ event }) => event)).toEqual(["issued"]);
    expect((await trail.list({ limit: 9, events: ["issued", "unlocked"] })).map(({ event }) => event)).toEqual([
      "unlocked",
      "issued",
    ]);
  });

  it.each(["\0", "nobody\0", "\ud800"])("has no entry about %j", async (id) => {
    const { trail, write } = await openTrail();
    await write("issued");
    for (const about of [{ userId: id }, { clientId: id }, { runId: id }, { challengeId: id }, { events: [id] }]) {
      expect(await trail.list({ limit: 9, ...about })).toEqual([]);
    }
  });

  it("tallies the entries of its tenant between two places, by event and by reason or scope", async () => {
    const { trail, write, end } = await openTrail();
    await write("issued");
    const after = await end();
    await write("issued", { decoy: false });
    await write("confirm_failed", { reason: "wrong_code", attemptNumber: 1 });
    await write("confirm_failed", { reason: "wrong_code", attemptNumber: 2 });
    await write("issued", {}, "other");
    const upTo = await end();
    await write("budget_exhausted", { scope: "user" });
    const first = [
      { event: "confirm_failed", reason: "wrong_code", count: 2 },
      { event: "issued", reason: null, count: 1 },
    ];
    const byEvent = (left: { event: string }, right: { event: string }) => (left.event < right.event ? -1 : 1);
    expect((await trail.tally({ after, upTo })).toSorted(byEvent)).toEqual(first);
    expect((await trail.tally({ after })).toSorted(byEvent)).toEqual([
      { event: "budget_exhausted", reason: "user", count: 1 },
      ...first,
    ]);
  });
});
