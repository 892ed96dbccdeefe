import type { ModalView, Question, StepResult } from "../step/define-step.ts";
import type { Facts, Model } from "../step/model.ts";
import type { JoinState } from "./join-arrivals.ts";

/** Where a run stands that waits for people: all that it needs to go on, by step id. */
export interface Checkpoint {
  readonly activations: ReadonlyMap<string, number>;
  /** In the order in which they were asked; the first one is open. */
  readonly waits: readonly Wait[];
  /** The joins that something arrived at. */
  readonly joins: readonly JoinState[];
  readonly facts: Facts;
  readonly modal: ModalView | null;
  readonly response: StepResult["response"];
  /** The model that the response was written from. */
  readonly answered: Model | undefined;
}

/** A step that asks, with the model that it arrived with. */
export interface Wait {
  readonly stepId: string;
  readonly activation: number;
  readonly model: Model;
  readonly question: Question;
}

/** A run that goes on only when its first wait is answered or over. */
export interface Suspension {
  readonly status: "suspended";
  readonly checkpoint: Checkpoint;
}

/** How the first wait of a checkpoint ended. */
export interface Resumption {
  readonly checkpoint: Checkpoint;
  readonly outcome: string;
  /** The answered definitions; secret ones are entered secrets. */
  readonly values: Model;
}
