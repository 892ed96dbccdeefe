import { type CompiledComponent, compileComponent, type StepRegistry } from "@onceflow/step-runtime";
import type { RunStore } from "../database/run-store.ts";

/** How many versions of components are kept compiled. */
const kept = 100;

/** The component of this digest, compiled once. */
export type FindComponent = (digest: Buffer) => Promise<CompiledComponent>;

/** Remembers the versions that were used last. */
export function createCompiledComponents(store: RunStore, steps: StepRegistry): FindComponent {
  const compiled = new Map<string, CompiledComponent>();
  return async (digest) => {
    const key = digest.toString("hex");
    const found = compiled.get(key) ?? compileComponent(await store.component(digest), steps);
    // A map keeps its order of insertion: the one that was used longest ago comes first.
    compiled.delete(key);
    compiled.set(key, found);
    for (const oldest of compiled.keys()) {
      if (compiled.size <= kept) break;
      compiled.delete(oldest);
    }
    return found;
  };
}
