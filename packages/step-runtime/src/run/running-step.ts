import type { Component } from "../component/component-schema.ts";
import { parsePath } from "../component/path.ts";
import type { StepCall } from "../ports/engine.ts";
import type { Caller } from "../step/caller.ts";
import type { DataflowCall, ExitOptions, Question, StepContext, StepResult } from "../step/define-step.ts";
import type { Facts, Model, ModelValue } from "../step/model.ts";
import { readPath } from "../step/read-path.ts";
import type { CompiledDataflow, CompiledStep } from "./compile-component.ts";
import type { WalkPlace } from "./walk.ts";

// A class only for speed: getters on a prototype cost nothing until they are read, closures in a literal are made every time.
/** The context that one activation of a step gets. */
export class RunningStep implements StepContext<unknown, string, unknown> {
  readonly settings: unknown;
  readonly model: Model;
  readonly facts: Facts;
  readonly caller: Caller;
  readonly component: Component;
  readonly input: Model;
  readonly runId: string;
  readonly stepId: string;
  readonly activation: number;
  readonly ports: unknown;
  readonly #call: StepCall;
  readonly #dataflowId: string;
  readonly #callPath: string;

  constructor(
    step: CompiledStep,
    model: Model,
    activation: number,
    call: StepCall,
    dataflow: CompiledDataflow,
    { run: { options, facts }, input, callPath }: WalkPlace,
  ) {
    this.settings = step.settings(model);
    this.model = model;
    this.facts = facts;
    this.caller = options.caller;
    this.component = dataflow.component;
    this.#dataflowId = dataflow.id;
    this.#callPath = callPath && `${callPath}/`;
    this.input = input;
    this.runId = options.runId;
    this.stepId = step.id;
    this.activation = activation;
    this.ports = options.ports;
    this.#call = call;
  }
  get exit(): typeof exit {
    return exit;
  }
  get respond(): typeof respond {
    return respond;
  }
  get ask(): typeof ask {
    return ask;
  }
  get call(): typeof call {
    return call;
  }
  get idempotencyKey(): string {
    return `${this.runId}/${this.component.id}/${this.#dataflowId}/${this.#callPath}${this.stepId}/${this.activation}`;
  }
  get now(): number {
    return this.#call.now;
  }
  get uuid(): string {
    return this.#call.uuid;
  }
  get signal(): AbortSignal {
    return this.#call.signal;
  }
  get read(): (path: string) => ModelValue {
    const { model } = this;
    return (path) => readPath(model, parsePath(path) ?? [path]);
  }
}

function exit(outcome: string, data: Model = {}, options?: ExitOptions): StepResult {
  return options ? { outcome, data, ...options } : { outcome, data };
}

function respond(value: ModelValue, status: number): StepResult {
  return { outcome: "", data: {}, response: { value, status } };
}

function ask(question: Question): StepResult {
  return { outcome: "", data: {}, question };
}

function call(request: DataflowCall): StepResult {
  return { outcome: "", data: {}, call: request };
}
