import type { ComponentStore, StoredComponent } from "@onceflow/step-runtime";
import { ProblemError } from "../problems/problem-error.ts";

/**
 * The version of a component that runs: the published one, or the newest as its draft.
 *
 * @throws ProblemError `unknown-component`, `not-published`
 */
export async function componentToRun(
  id: string,
  version: "published" | "draft",
  { components }: { components: ComponentStore },
): Promise<StoredComponent> {
  const wanted = await components.get(id, version === "draft" ? undefined : version);
  if (wanted !== null) return wanted;
  if (version === "published" && (await components.get(id)) !== null) {
    throw new ProblemError(
      "not-published",
      `No version of the component "${id}" is published. POST /api/components/${id}/publish publishes one.`,
    );
  }
  throw new ProblemError("unknown-component", "GET /api/components lists what there is.");
}
