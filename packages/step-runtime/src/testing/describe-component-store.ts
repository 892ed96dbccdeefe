import { describe, expect, it } from "vitest";
import type { ComponentStore } from "../ports/component-store.ts";
import { buildComponent } from "./component-builder.ts";

/** The contract of the ComponentStore port. */
export function describeComponentStore(name: string, create: () => Promise<ComponentStore>): void {
  describe(`ComponentStore: ${name}`, () => {
    const first = buildComponent({ id: "stored", name: "First" });
    const second = buildComponent({ id: "stored", name: "Second" });

    it.each(["missing", "", "\0", "stored\0", "\ud800"])("has nothing under the unknown id %j", async (id) => {
      const store = await create();
      await store.put(first);
      expect(await store.get(id)).toBeNull();
      expect(await store.get(id, "published")).toBeNull();
      expect(await store.get(id, 1)).toBeNull();
      expect(await store.versions(id)).toEqual([]);
      expect(await store.publish(id, 1)).toEqual({ status: "unknown" });
    });

    it("gives back what was put, with versions from 1, the newest or the one asked for", async () => {
      const store = await create();
      expect(await store.put(first)).toEqual({ status: "stored", version: 1 });
      expect(await store.put(second)).toEqual({ status: "stored", version: 2 });
      const newest = { component: second, version: 2, publishedVersion: null };
      expect(await store.get("stored")).toEqual(newest);
      expect(await store.list()).toEqual([newest]);
      expect(await store.get("stored", 1)).toEqual({ component: first, version: 1, publishedVersion: null });
      for (const version of [3, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
        expect(await store.get("stored", version)).toBeNull();
      }
    });

    it("refuses to overwrite a version that the writer has not seen", async () => {
      const store = await create();
      expect(await store.put(first, 0)).toEqual({ status: "stored", version: 1 });
      expect(await store.put(first, 0)).toEqual({ status: "conflict", version: 1 });
      expect(await store.put(first, 1)).toEqual({ status: "stored", version: 2 });
    });

    it("runs the version that was published last, whatever is stored after it", async () => {
      const store = await create();
      await store.put(first);
      expect(await store.get("stored", "published")).toBeNull();
      expect(await store.publish("stored", 1)).toEqual({ status: "published" });
      await store.put(second);
      expect(await store.get("stored", "published")).toEqual({ component: first, version: 1, publishedVersion: 1 });
      expect(await store.list()).toEqual([{ component: second, version: 2, publishedVersion: 1 }]);
      await store.publish("stored", 2);
      expect(await store.get("stored", "published")).toMatchObject({ version: 2 });
      await store.publish("stored", 1);
      expect(await store.get("stored", "published")).toMatchObject({ component: first, version: 1 });
    });

    it("tells a component's versions, newest first, and which of them is published", async () => {
      const store = await create();
      await store.put(buildComponent({ id: "another" }));
      for (const component of [first, second]) await store.put(component);
      await store.publish("stored", 1);
      expect(await store.versions("stored")).toEqual([
        { version: 2, storedAtMs: expect.any(Number), published: false },
        { version: 1, storedAtMs: expect.any(Number), published: true },
      ]);
    });

    it("publishes no version that there is not, and none behind the back of a later writer", async () => {
      const store = await create();
      await store.put(first);
      expect(await store.publish("stored", 2)).toEqual({ status: "unknown" });
      await store.put(second);
      expect(await store.publish("stored", 1, 1)).toEqual({ status: "conflict", version: 2 });
      expect(await store.get("stored", "published")).toBeNull();
      expect(await store.publish("stored", 2, 2)).toEqual({ status: "published" });
    });
  });
}
