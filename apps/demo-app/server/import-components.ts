import { readdir, readFile } from "node:fs/promises";
import { parseComponent } from "@onceflow/step-runtime";
import type { ComponentStore } from "@onceflow/step-runtime";

/**
 * Stores and publishes the component configurations of a folder, each unless there is one of that id.
 *
 * @throws Error naming the file and its first issue
 */
export async function importComponents(folder: URL, { components }: { components: ComponentStore }): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".component.json")).toSorted();
  for (const file of files) {
    const { component, issues } = parseComponent(await readFile(new URL(file, folder), "utf8"));
    const error = issues.find(({ severity }) => severity === "error");
    if (component === null || error !== undefined) {
      throw new Error(`${file}:${error?.line ?? 1}:${error?.column ?? 1} ${error?.message ?? "This is no component."}`);
    }
    // What a person saved in its place stays; a start that broke off before it published is made up for.
    await components.put(component, 0);
    if ((await components.get(component.id, "published")) === null) await components.publish(component.id, 1);
  }
}
