import { type Component, defineStep } from "@onceflow/step-runtime";
import { createTestDatabase } from "@onceflow/storage/testing";
import { expect, inject, it, onTestFinished } from "vitest";
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

it("records pure steps together before an effect, which sees the same when it is repeated", async () => {
  const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  onTestFinished(() => database.close());
  const told: string[] = [];
  let begun = (): void => undefined;
  const telling = new Promise<void>((resolve) => (begun = resolve));
  const forever = () => {
    begun();
    return new Promise<void>(() => undefined);
  };

  const first = await openEngine(database.url, { steps: [dice, tell(told, forever)] });
  const caller = { clientId: "portal", userId: null, sessionId: "session-1", ipClass: null };
  await first.start({ runId: "run-1", component, dataflowId: "main", input: {}, caller });
  await telling;
  await first.close({ drainMs: 50 });
  const { rows } = await database.pool.query<{ name: string }>(
    "SELECT function_name AS name FROM dbos.operation_outputs",
  );
  expect(rows.map(({ name }) => name).filter((name) => !name.startsWith("pure "))).toEqual([]);
  expect(rows.length).toBeLessThan(pureSteps / 2);

  const second = await openEngine(database.url, { steps: [dice, tell(told, () => undefined)] });
  onTestFinished(() => second.close());
  const events: unknown[] = [];
  for await (const { seq, type } of second.events("run-1")) events.push([seq, type]);
  expect(events.map((event) => (event as [number])[0])).toEqual(events.map((_, index) => index + 1));
  expect(told).toHaveLength(2);
  expect(told[1]).toBe(told[0]);
  expect(told[0]).toHaveLength(pureSteps);
  const response = (await second.get("run-1"))?.result?.response as { readonly dice: string };
  expect(response.dice.slice(0, pureSteps)).toBe(told[0]);
  expect(response.dice).toHaveLength(pureSteps + 1);
});
