import type * as z from "zod";
import type { Component } from "../component/component-schema.ts";
import type { LocalizedText } from "../component/localized-text.ts";
import type { OutcomeType, StepType } from "../component/step-type.ts";
import type { Clients } from "../ports/clients.ts";
import type { StepEffect } from "../ports/engine.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { OneTimeCodes } from "../ports/one-time-codes.ts";
import type { ProofSigner } from "../ports/proof-signer.ts";
import type { ScriptConsoleLine, ScriptRunner } from "../ports/script-runner.ts";
import type { Users } from "../ports/users.ts";
import type { Caller } from "./caller.ts";
import type { Facts, Model, ModelValue } from "./model.ts";

/** The ports that the built-in steps use. */
export interface BuiltInPorts {
  readonly oneTimeCodes: OneTimeCodes;
  readonly users: Users;
  readonly clients: Clients;
  readonly scriptRunner: ScriptRunner;
  readonly notifier: Notifier;
  readonly proofSigner: ProofSigner;
}

/** A step type: metadata, settings, outcomes and what it does, in one object. */
export interface StepDefinition<
  Settings extends z.ZodObject = z.ZodObject,
  Outcome extends string = string,
  Ports = BuiltInPorts,
> extends StepType {
  readonly settings: Settings;
  readonly outcomes: Readonly<Record<Outcome, OutcomeType>>;
  /** Names the ports of its own that a step needs, see {@link needsPorts}. */
  readonly ports?: PortsMarker<Ports>;
  /** Or by its (unresolved) settings. @default "pure"; "idempotent" with ports of its own */
  readonly effect?: StepEffect | ((settings: Readonly<Record<string, unknown>>) => StepEffect);
  readonly run: (context: StepContext<z.output<Settings>, Outcome, Ports>) => StepResult | Promise<StepResult>;
}

/** What a step sees while it runs. */
export interface StepContext<Settings, Outcome extends string, Ports> {
  /** Resolved: paths and templates are replaced by their values. */
  readonly settings: Settings;
  readonly model: Model;
  readonly facts: Facts;
  readonly caller: Caller;
  readonly component: Component;
  /** The declared definitions with the values the caller sent; secret ones are entered secrets, missing ones null. */
  readonly input: Model;
  readonly runId: string;
  readonly stepId: string;
  /** Counts from 1: how many times this step ran in this run. */
  readonly activation: number;
  /** `runId/componentId/dataflowId/callPath…/stepId/activation`: the same when a crash repeats the step, another one in every other place. */
  readonly idempotencyKey: string;
  /** Milliseconds since 1970, recorded with what the step came to. */
  readonly now: number;
  /** The same when a crash repeats the step. */
  readonly uuid: string;
  readonly signal: AbortSignal;
  readonly ports: Ports;
  /** Looks a path up in the model: own keys only; through null or missing: null. */
  readonly read: (path: string) => ModelValue;
  /** Leaves by an outcome; `data` merges into the model of the source. */
  readonly exit: (outcome: Outcome, data?: Model, options?: ExitOptions) => StepResult;
  /** Ends the path with the answer for the caller. */
  readonly respond: (value: ModelValue, status: number) => StepResult;
  /** Waits for a person; the run goes on by the outcome of their answer, which adds the answered definitions. */
  readonly ask: (question: Question) => StepResult;
  /** Runs the dataflow that the step type's `calls` names; the run goes on by `ok` or `failed`. */
  readonly call: (call: DataflowCall) => StepResult;
}

/** Another dataflow to run inside the run, see {@link StepContext.call}. */
export interface DataflowCall {
  /** Values of definitions; secrets keep their kind. */
  readonly input: Model;
  /** The variable that gets the response, or `{ error: { code, message } }`. */
  readonly resultField: string;
}

/** A modal that asks, see {@link StepContext.ask}. */
export interface Question {
  readonly modal: ModalView;
  /** The definitions that its fields ask for. */
  readonly fields: readonly string[];
  /** Null: the wait has no end of its own. */
  readonly timeoutSeconds: number | null;
}

/** How a step's data enters the model, and what else it tells. */
export interface ExitOptions {
  /** Replaces these facts; null clears one. */
  readonly facts?: Facts;
  /** Keys that leave the model. */
  readonly drop?: readonly string[];
  /** Keeps `data` only, before merging. */
  readonly replace?: true;
  /** The modal to show, its values resolved. */
  readonly modal?: ModalView;
  /** Why this outcome was taken: the message when nobody follows one that fails the run. */
  readonly reason?: string;
  /** What a script printed. */
  readonly console?: readonly ScriptConsoleLine[];
}

/** A modal as a person sees it. */
export interface ModalView {
  readonly id: string;
  readonly title: LocalizedText;
  readonly controls: readonly ModalControlView[];
  /** ISO 8601: when the code that the modal may show expires. */
  readonly expiresAt?: string;
  /** ISO 8601: when another code may be asked for. */
  readonly resendAvailableAt?: string;
  /** ISO 8601: when a further try is compared again. */
  readonly retryAt?: string;
  /** Masked: where the code went. */
  readonly destination?: string;
  /** The last try was wrong, and another one is allowed. */
  readonly rejected?: boolean;
}

/** A control with the value that it shows. */
export interface ModalControlView {
  readonly type: string;
  readonly value?: ModelValue;
  readonly [key: string]: unknown;
}

/** What {@link StepContext.exit} returns. */
export interface StepResult extends ExitOptions {
  /** Empty for a step that ends its path. */
  readonly outcome: string;
  readonly data: Model;
  /** The answer for the caller. */
  readonly response?: { readonly value: ModelValue; readonly status: number };
  /** The run waits here; `outcome` is empty until somebody answers. */
  readonly question?: Question;
  /** The run goes through another dataflow; `outcome` is empty until that is over. */
  readonly call?: DataflowCall;
}

/** Carries the type of a step's ports; there is nothing in it at run time. */
export interface PortsMarker<Ports> {
  readonly __ports?: Ports;
}

/** Declares the ports a step needs: `ports: needsPorts<{ crm: Crm }>()`; the type checker then asks for them where the registry is used. */
export function needsPorts<Ports>(): PortsMarker<Ports> {
  return {};
}

/**
 * Defines a step type. Everything else (palette entry, card, settings form, validation, reference page) comes from this object.
 *
 * @example see docs/add-a-step.md
 */
export function defineStep<Settings extends z.ZodObject, const Outcome extends string, Ports = BuiltInPorts>(
  definition: StepDefinition<Settings, Outcome, Ports>,
): StepDefinition<Settings, Outcome, Ports> {
  return definition;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a list of steps with different settings has no narrower common type: `run` is contravariant in them
export type AnyStep = StepDefinition<any, any, any>;
