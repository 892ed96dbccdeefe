import { describe, expect, it } from "vitest";
import type { ComponentStore } from "../ports/component-store.ts";
import { buildComponent } from "./component-builder.ts";

/** The contract of the ComponentStore port. */
export function describeComponentStore(name: string, create: () => Promise<ComponentStore>): void {
  describe(`ComponentStore: ${name}`, () => {
    it("has nothing under an unknown id", async () => {
      expect(await (await create()).get("missing")).toBeNull();
    });

    it("gives back what was put, with versions from 1", async () => {
      const store = await create();
      const component = buildComponent({ id: "stored" });
      expect(await store.put(component)).toEqual({ status: "stored", version: 1 });
      expect(await store.put(component)).toEqual({ status: "stored", version: 2 });
      expect(await store.get("stored")).toEqual({ component, version: 2 });
      expect(await store.list()).toEqual([{ component, version: 2 }]);
    });

    it("refuses to overwrite a version that the writer has not seen", async () => {
      const store = await create();
      const component = buildComponent({ id: "stored" });
      expect(await store.put(component, 0)).toEqual({ status: "stored", version: 1 });
      expect(await store.put(component, 0)).toEqual({ status: "conflict", version: 1 });
      expect(await store.put(component, 1)).toEqual({ status: "stored", version: 2 });
    });
  });
}
