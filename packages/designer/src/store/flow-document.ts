import type { Component, Dataflow, Stage, Step } from "@onceflow/step-runtime";

/** Leaves a key out; `Omit` would lose the known keys of an object that may have others. */
type Without<T, Key> = { [K in keyof T as K extends Key ? never : K]: T[K] };

/**
 * A component, normalised for editing: each thing stands once, under its key. A key is the id, except where a document
 * holds the same id twice (which validation reports): the second one gets a key of its own, so nothing is lost.
 */
export interface FlowDocument {
  /** The component without its dataflows; unknown keys and symbols of the root stay. */
  readonly meta: Without<Component, "dataflows">;
  readonly dataflowKeys: readonly string[];
  readonly dataflows: Readonly<Record<string, DataflowEntity>>;
}

/** A dataflow with its stages and steps by key. */
export interface DataflowEntity {
  readonly meta: Without<Dataflow, "stages">;
  readonly stageKeys: readonly string[];
  readonly stages: Readonly<Record<string, StageEntity>>;
  readonly steps: Readonly<Record<string, Step>>;
}

/** A stage with the order of its steps. */
export interface StageEntity {
  readonly meta: Without<Stage, "steps">;
  readonly stepKeys: readonly string[];
}
