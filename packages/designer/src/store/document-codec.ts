import type { Component, Dataflow, Stage, Step } from "@onceflow/step-runtime";
import type { DataflowEntity, FlowDocument, StageEntity } from "./flow-document.ts";

/** Turns components into documents and back; what did not change keeps its identity both ways. */
export interface DocumentCodec {
  readonly normalise: (component: Component) => FlowDocument;
  readonly toComponent: (document: FlowDocument) => Component;
}

/** Creates a codec; its memory is weak and belongs to one designer. */
export function createDocumentCodec(): DocumentCodec {
  const components = new WeakMap<FlowDocument, Component>();
  const documents = new WeakMap<Component, FlowDocument>();
  const dataflows = new WeakMap<DataflowEntity, Dataflow>();
  const entities = new WeakMap<Dataflow, DataflowEntity>();
  const stages = new WeakMap<StageEntity, Stage>();

  function normaliseDataflow(dataflow: Dataflow): DataflowEntity {
    const known = entities.get(dataflow);
    if (known) return known;
    const { stages: stageList, ...meta } = dataflow;
    const stageKeys: string[] = [];
    const stagesByKey: Record<string, StageEntity> = {};
    const steps: Record<string, Step> = {};
    for (const stage of stageList) {
      const { steps: stepList, ...stageMeta } = stage;
      const stepKeys = stepList.map((step) => {
        const key = freeKey(step.id, steps);
        steps[key] = step;
        return key;
      });
      const key = freeKey(stage.id, stagesByKey);
      const entity: StageEntity = { meta: stageMeta, stepKeys };
      stagesByKey[key] = entity;
      stageKeys.push(key);
      stages.set(entity, stage);
    }
    const entity: DataflowEntity = { meta: meta, stageKeys, stages: stagesByKey, steps };
    entities.set(dataflow, entity);
    dataflows.set(entity, dataflow);
    return entity;
  }

  function toStage(entity: StageEntity, steps: DataflowEntity["steps"]): Stage {
    const list = entity.stepKeys.flatMap((key) => steps[key] ?? []);
    const known = stages.get(entity);
    if (known && known.steps.length === list.length && known.steps.every((step, index) => step === list[index]))
      return known;
    const stage = { ...entity.meta, steps: list } as Stage;
    stages.set(entity, stage);
    return stage;
  }

  function toDataflow(entity: DataflowEntity): Dataflow {
    const known = dataflows.get(entity);
    if (known) return known;
    const dataflow = {
      ...entity.meta,
      stages: entity.stageKeys.flatMap((key) => {
        const stage = entity.stages[key];
        return stage ? [toStage(stage, entity.steps)] : [];
      }),
    } as Dataflow;
    dataflows.set(entity, dataflow);
    entities.set(dataflow, entity);
    return dataflow;
  }

  return {
    normalise(component) {
      const known = documents.get(component);
      if (known) return known;
      // The rest pattern keeps the root's symbols, under which the parser leaves the source text of numbers.
      const { dataflows: list, ...meta } = component;
      const dataflowKeys: string[] = [];
      const byKey: Record<string, DataflowEntity> = {};
      for (const dataflow of list) {
        const key = freeKey(dataflow.id, byKey);
        byKey[key] = normaliseDataflow(dataflow);
        dataflowKeys.push(key);
      }
      const document: FlowDocument = { meta: meta, dataflowKeys, dataflows: byKey };
      documents.set(component, document);
      components.set(document, component);
      return document;
    },
    toComponent(document) {
      const known = components.get(document);
      if (known) return known;
      const component = {
        ...document.meta,
        dataflows: document.dataflowKeys.flatMap((key) => {
          const entity = document.dataflows[key];
          return entity ? [toDataflow(entity)] : [];
        }),
      } as Component;
      components.set(document, component);
      documents.set(component, document);
      return component;
    },
  };
}

function freeKey(id: string, taken: Readonly<Record<string, unknown>>): string {
  if (!Object.hasOwn(taken, id)) return id;
  let number = 2;
  // "~" is in no valid id, so a key made here never meets one.
  while (Object.hasOwn(taken, `${id}~${number}`)) number += 1;
  return `${id}~${number}`;
}
