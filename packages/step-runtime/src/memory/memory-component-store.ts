import type { ComponentStore, StoredComponent } from "../ports/component-store.ts";

/** Components in memory; the newest version of each. */
export function createMemoryComponentStore(): ComponentStore {
  const stored = new Map<string, StoredComponent>();
  return {
    get: async (id) => stored.get(id) ?? null,
    list: async () => [...stored.values()],
    async put(component, expectedVersion) {
      const version = stored.get(component.id)?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) return { status: "conflict", version };
      stored.set(component.id, { component, version: version + 1 });
      return { status: "stored", version: version + 1 };
    },
  };
}
