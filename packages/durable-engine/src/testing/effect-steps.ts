import { appendFileSync, readFileSync } from "node:fs";
import { type Component, defineStep, type OneTimeCodes } from "@onceflow/step-runtime";
import * as z from "zod";

/** One effect, as its line in the file of effects says. */
export interface Effect {
  readonly run: string;
  readonly step: string;
  readonly uuid: string;
  readonly pid: number;
}

/** Appends what happened to a file, at once: the effects of test runs. */
function writeEffect(file: string, effect: Effect): void {
  appendFileSync(file, `${JSON.stringify(effect)}\n`);
}

export function readEffects(file: string): readonly Effect[] {
  const lines = readFileSync(file, { encoding: "utf8", flag: "a+" }).trim().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Effect);
}

/** Steps with an effect that is counted; `around` is called before and after it. */
export function createEffectSteps(
  file: string,
  around: (moment: "before" | "after", step: string, signal: AbortSignal) => void | Promise<void> = () => undefined,
) {
  const effect = (type: string, kind: "idempotent" | "once") =>
    defineStep({
      type,
      group: "model-transformation",
      title: "Effect",
      help: "For tests.",
      icon: "",
      effect: kind,
      settings: z.object({}),
      outcomes: { ok: { title: "ok" } },
      changes: () => ({ adds: [{ path: "trail", type: "text" }] }),
      async run({ runId, stepId, uuid, signal, read, exit }) {
        await around("before", stepId, signal);
        writeEffect(file, { run: runId, step: stepId, uuid, pid: process.pid });
        await around("after", stepId, signal);
        return exit("ok", { trail: [read("trail"), stepId].filter((part) => typeof part === "string").join(" ") });
      },
    });
  return [effect("effect", "idempotent"), effect("effect-once", "once")];
}

/** Codes that are only ever revoked, which is counted. */
export function createCountingCodes(file: string, afterRevoke: () => void = () => undefined): OneTimeCodes {
  return {
    issue: () => Promise.reject(new Error("No codes here.")),
    confirm: () => Promise.reject(new Error("No codes here.")),
    async revokeRun(run) {
      writeEffect(file, { run, step: "revoke", uuid: "", pid: process.pid });
      afterRevoke();
    },
  };
}

/** What a person types in these tests: it must stand nowhere in the database. */
export const typed: { readonly Name: string; readonly Pin: string } = { Name: "Zaphod Beeblebrox", Pin: "4711-0815" };

/** Two effects, a question, two more; nobody answering leads to one. */
export function effectComponent({ type = "effect" }: { type?: string } = {}): Component {
  const steps = [
    { id: "model", type: "get-action-model", name: "Model" },
    { id: "first", type, name: "First", sources: ["model"] },
    { id: "second", type, name: "Second", sources: ["first"] },
    {
      id: "ask",
      type: "show-modal",
      name: "Ask",
      sources: ["second"],
      settings: { modal: "ask", mode: "ask", timeoutSeconds: 600 },
    },
    { id: "third", type, name: "Third", sources: ["ask"] },
    { id: "fourth", type, name: "Fourth", sources: ["third"] },
    {
      id: "reply",
      type: "write-response",
      name: "Reply",
      sources: ["fourth"],
      settings: { value: { trail: { $path: "trail" }, name: { $path: "data.Name" } } },
    },
    { id: "late", type, name: "Late", sources: ["ask.timeout", "ask.dismissed"] },
    {
      id: "reply-late",
      type: "write-response",
      name: "Reply",
      sources: ["late"],
      settings: { value: { trail: { $path: "trail" } } },
    },
  ];
  return {
    format: "onceflow/component",
    formatVersion: 1,
    id: "effects",
    name: "Effects",
    definitions: [
      { name: "Name", type: "string" },
      { name: "Pin", type: "string", secret: true },
    ],
    page: { controls: [] },
    modals: [
      {
        id: "ask",
        title: "Who are you?",
        controls: [
          { type: "text-field", definition: "Name" },
          { type: "text-field", definition: "Pin" },
          { type: "button", label: "Go on", action: "submit" },
        ],
      },
    ],
    templates: [],
    dataflows: [{ id: "main", name: "Main", stages: [{ id: "all", name: "All", steps }] }],
  };
}
