import { type Component, defineStep, type RunResult, type SequencedRunEvent } from "@onceflow/step-runtime";
import { createTestDatabase } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { openEngine } from "../testing/open-engine.ts";

const pureSteps = 60;
const common = {
  group: "model-transformation",
  help: "For tests.",
  icon: "",
  settings: z.object({}),
  outcomes: { ok: { title: "ok" } },
  changes: () => ({ adds: [{ path: "dice", type: "text" as const }] }),
} as const;

const diceOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Comes to something else whenever it runs. */
const dice = defineStep({
  ...common,
  type: "dice",
  title: "Dice",
  run: ({ read, exit }) => exit("ok", { dice: `${diceOf(read("dice"))}${Math.floor(Math.random() * 10)}` }),
});
const tell = (told: string[], then: () => void | Promise<void>) =>
  defineStep({
    ...common,
    type: "tell",
    title: "Tell",
    effect: "idempotent",
    async run({ read, exit }) {
      told.push(diceOf(read("dice")));
      await then();
      return exit("ok");
    },
  });

const dices = Array.from({ length: pureSteps }, (_, index) => `dice-${index + 1}`);
const component: Component = {
  format: "onceflow/component",
  formatVersion: 1,
  id: "dices",
  name: "Dices",
  definitions: [],
  page: { controls: [] },
  modals: [],
  templates: [],
  dataflows: [
    {
      id: "main",
      name: "Main",
      stages: [
        {
          id: "all",
          name: "All",
          steps: [
            { id: "model", type: "get-action-model", name: "Model" },
            ...dices.map((id, index) => ({ id, type: "dice", name: "Dice", sources: [dices[index - 1] ?? "model"] })),
            { id: "tell", type: "tell", name: "Tell", sources: [`dice-${pureSteps}`] },
            { id: "last", type: "dice", name: "Dice", sources: ["tell"] },
            {
              id: "reply",
              type: "write-response",
              name: "Reply",
              sources: ["last"],
              settings: { value: { dice: { $path: "dice" } } },
            },
          ],
        },
      ],
    },
  ],
};

const caller = { clientId: "portal", userId: null, sessionId: "session-1", ipClass: null };
const run = { runId: "run-1", component, dataflowId: "main", input: {}, caller };

/** A database with a run whose worker stopped while its effect was under way; `told` is what the effect saw. */
async function stopInEffect() {
  const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  onTestFinished(() => database.close());
  const told: string[] = [];
  let begun = (): void => undefined;
  const telling = new Promise<void>((resolve) => (begun = resolve));
  const forever = () => {
    begun();
    return new Promise<void>(() => undefined);
  };
  const engine = await openEngine(database.url, { steps: [dice, tell(told, forever)] });
  await engine.start(run);
  await telling;
  await engine.close({ drainMs: 50 });
  return { database, told };
}

async function finish(url: string, told: string[]): Promise<{ result: RunResult | null; events: SequencedRunEvent[] }> {
  const engine = await openEngine(url, { steps: [dice, tell(told, () => undefined)] });
  onTestFinished(() => engine.close());
  const events: SequencedRunEvent[] = [];
  for await (const event of engine.events("run-1")) events.push(event);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  return { result: (await engine.get("run-1"))?.result ?? null, events };
}

describe("the journal of a segment", () => {
  it("records pure steps together before an effect, which sees the same when it is repeated", async () => {
    const { database, told } = await stopInEffect();
    const { rows } = await database.pool.query<{ name: string }>(
      "SELECT function_name AS name FROM dbos.operation_outputs",
    );
    expect(rows.map(({ name }) => name).filter((name) => !name.startsWith("pure "))).toEqual([]);
    expect(rows.length).toBeLessThan(pureSteps / 2);

    const { result } = await finish(database.url, told);
    expect(told).toHaveLength(2);
    expect(told[1]).toBe(told[0]);
    expect(told[0]).toHaveLength(pureSteps);
    const { dice: all } = (result?.response ?? {}) as { readonly dice: string };
    expect(all.slice(0, pureSteps)).toBe(told[0]);
    expect(all).toHaveLength(pureSteps + 1);
  });

  it("fails a run of which somebody changed a record, and tells its end behind what was told before", async () => {
    const { database, told } = await stopInEffect();
    await database.pool.query(
      "UPDATE dbos.operation_outputs SET output = regexp_replace(output, '[A-Za-z0-9]{8}', 'AAAAAAAA')",
    );
    const { result, events } = await finish(database.url, told);
    expect(result?.status).toBe("failed");
    expect(result?.error?.message).toContain("cannot be opened");
    expect(events.at(-1)?.type).toBe("run-failed");
    expect(told).toHaveLength(1);
  });

  it("records nothing of an effect that could not begin", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const told: string[] = [];
    const notices: string[] = [];
    // So short a lease that each effect asks; and it would try again after a minute.
    const stuck = await openEngine(database.url, {
      steps: [dice, tell(told, () => undefined)],
      onNotice: (notice) => void notices.push(notice),
      heartbeatMs: 60_000,
      deadAfterMs: 100,
    });
    await database.pool.query("ALTER TABLE runs.events RENAME TO elsewhere");
    await stuck.start(run);
    await vi.waitFor(() => expect(notices.join()).toContain("tried again"), { timeout: 20_000 });
    await stuck.close({ drainMs: 0 });
    await database.pool.query("ALTER TABLE runs.elsewhere RENAME TO events");
    const { result } = await finish(database.url, told);
    expect(result?.status).toBe("completed");
    expect(told).toHaveLength(1);
  });
});
