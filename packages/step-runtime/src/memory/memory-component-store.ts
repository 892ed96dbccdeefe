import type { Component } from "../component/component-schema.ts";
import type { Clock } from "../ports/clock.ts";
import type { ComponentStore, StoredComponent } from "../ports/component-store.ts";
import { systemClock } from "./system.ts";

/** A component's versions, the newest first. */
interface History {
  readonly versions: readonly {
    readonly component: Component;
    readonly version: number;
    readonly storedAtMs: number;
  }[];
  readonly publishedVersion: number | null;
}

const empty: History = { versions: [], publishedVersion: null };

/** Components in memory, with all their versions. */
export function createMemoryComponentStore({ clock = systemClock }: { clock?: Clock } = {}): ComponentStore {
  const histories = new Map<string, History>();
  const historyOf = (id: string): History => histories.get(id) ?? empty;
  const stored = ({ versions, publishedVersion }: History, wanted = versions[0]?.version): StoredComponent | null => {
    const found = versions.find(({ version }) => version === wanted);
    return found ? { component: found.component, version: found.version, publishedVersion } : null;
  };
  return {
    async get(id, version) {
      const history = historyOf(id);
      return stored(history, version === "published" ? (history.publishedVersion ?? 0) : version);
    },
    list: async () => [...histories.values()].flatMap((history) => stored(history) ?? []),
    async versions(id) {
      const { versions, publishedVersion } = historyOf(id);
      return versions.map(({ version, storedAtMs }) => ({
        version,
        storedAtMs,
        published: version === publishedVersion,
      }));
    },
    async put(component, expectedVersion) {
      const history = historyOf(component.id);
      const version = history.versions[0]?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) return { status: "conflict", version };
      const added = { component, version: version + 1, storedAtMs: clock.now() };
      histories.set(component.id, { ...history, versions: [added, ...history.versions] });
      return { status: "stored", version: added.version };
    },
    async publish(id, version, expectedVersion) {
      const history = historyOf(id);
      const newest = history.versions[0]?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== newest) return { status: "conflict", version: newest };
      if (stored(history, version) === null) return { status: "unknown" };
      histories.set(id, { ...history, publishedVersion: version });
      return { status: "published" };
    },
  };
}
