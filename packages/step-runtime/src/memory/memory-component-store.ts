import type { Clock } from "../ports/clock.ts";
import type { ComponentStore, ComponentVersion, StoredComponent } from "../ports/component-store.ts";
import { systemClock } from "./system.ts";

/** Components in memory; the newest version of each, and when the others were stored. */
export function createMemoryComponentStore({ clock = systemClock }: { clock?: Clock } = {}): ComponentStore {
  const stored = new Map<string, StoredComponent>();
  const history = new Map<string, readonly ComponentVersion[]>();
  return {
    get: async (id) => stored.get(id) ?? null,
    list: async () => [...stored.values()],
    versions: async (id) => history.get(id) ?? [],
    async put(component, expectedVersion) {
      const version = stored.get(component.id)?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) return { status: "conflict", version };
      stored.set(component.id, { component, version: version + 1 });
      const entry = { version: version + 1, storedAtMs: clock.now() };
      history.set(component.id, [entry, ...(history.get(component.id) ?? [])]);
      return { status: "stored", version: version + 1 };
    },
  };
}
