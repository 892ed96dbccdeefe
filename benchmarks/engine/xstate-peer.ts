import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Secret } from "@onceflow/step-runtime";
import type { Contender } from "./contenders.ts";
import { holdsSecret, isSame, mask, open, show } from "./plain-work.ts";

/** The little of xstate 5 that is used; it is installed beside the workspace, so its own types are not at hand. */
interface Xstate {
  assign(change: (given: { readonly context: Context }) => Partial<Context>): unknown;
  createMachine(config: object): object;
  createActor(machine: object): {
    start(): void;
    getSnapshot(): { readonly context: Context; readonly status: string };
  };
}
interface Context {
  readonly model: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
}

/** ForTestCode as a machine of seven states whose entry actions do the steps' work, masked outputs included, synchronously: xstate has no ports to await here. */
export async function createXstateRun(): Promise<Contender> {
  const peers = createRequire(join(import.meta.dirname, "../peers/package.json"));
  const xstate = (await import(pathToFileURL(peers.resolve("xstate")).href)) as Xstate;
  const user = {
    id: "user-demo",
    userName: "demo",
    email: "demo@example.test",
    firstName: "Dana",
    lastName: "Moreau",
    locale: "en",
  };
  const code = {
    channel: "email",
    destination: "d•••@example.test",
    expiresAt: "…",
    length: 6,
    resendAvailableAt: "…",
    code: "482913",
  };
  const step = (stepId: string, change: (model: Context["model"]) => object) =>
    xstate.assign(({ context }) => {
      const output = change(context.model);
      const at = Date.now();
      return {
        model: { ...context.model, ...output },
        events: [
          ...context.events,
          { type: "step-started", stepId, at },
          { type: "step-finished", stepId, output: mask(output), at },
        ],
      };
    });
  const machine = xstate.createMachine({
    id: "get-code",
    initial: "model",
    context: { model: {}, events: [] },
    states: {
      model: { entry: step("model", () => ({ data: { ForTestCode: null } })), always: "user" },
      user: { entry: step("user", () => ({ _user: user })), always: "code" },
      code: { entry: step("code", () => ({ oneTimeCode: code })), always: "script" },
      script: {
        entry: step("script", (model) => {
          const before = Object.fromEntries(Object.entries(model).map(([name, value]) => [name, open(value)]));
          const after: Record<string, unknown> = {
            ...before,
            new_code: (before["oneTimeCode"] as { code: string }).code,
          };
          const isSecret = holdsSecret(model);
          const changed = Object.entries(after).filter(([name, value]) => !isSame(before[name], value));
          return Object.fromEntries(
            changed.map(([name, value]) => [name, isSecret ? new Secret("issued", value as string) : value]),
          );
        }),
        always: "store",
      },
      store: { entry: step("store", (model) => ({ data: { ForTestCode: model["new_code"] } })), always: "modal" },
      modal: { entry: step("modal", (model) => ({ shown: { id: "code", value: model["data"] } })), always: "reply" },
      reply: { entry: step("reply", (model) => ({ response: model["data"] })), type: "final" },
    },
  });
  return async () => {
    const actor = xstate.createActor(machine);
    actor.start();
    const { context, status } = actor.getSnapshot();
    if (status !== "done" || context.events.length !== 14) throw new Error("The machine did not end.");
    return show((context.model["response"] as { ForTestCode: unknown }).ForTestCode);
  };
}
