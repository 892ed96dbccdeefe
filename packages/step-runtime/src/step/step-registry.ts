import type { StepTypes } from "../component/step-type.ts";
import type { AnyStep } from "./define-step.ts";

/** The step types an application offers; built-ins and its own are peers. */
export interface StepRegistry<Ports = unknown> extends StepTypes {
  get(type: string): AnyStep | undefined;
  list(): readonly AnyStep[];
  readonly __ports?: Ports;
}

type PortsOf<S> = S extends { readonly run: (context: infer Context) => unknown }
  ? Context extends { readonly ports: infer Ports }
    ? Ports
    : never
  : never;
type UnionToIntersection<U> = (U extends unknown ? (arg: U) => void : never) extends (arg: infer I) => void ? I : never;

/**
 * Collects step types for designer, validation and engine.
 *
 * @throws Error when two steps have the same type.
 * @example createStepRegistry([...builtInSteps, lookUpCustomer])
 */
export function createStepRegistry<const Steps extends readonly AnyStep[]>(
  steps: Steps,
): StepRegistry<UnionToIntersection<PortsOf<Steps[number]>>> {
  const byType = new Map<string, AnyStep>();
  for (const step of steps) {
    if (byType.has(step.type)) {
      throw new Error(`Two steps have the type "${step.type}". Rename one of them: a type is unique in a registry.`);
    }
    byType.set(step.type, step);
  }
  return { get: (type) => byType.get(type), list: () => [...byType.values()] };
}
