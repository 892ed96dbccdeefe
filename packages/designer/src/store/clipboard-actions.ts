import * as z from "zod";
import { stepOrder } from "./dataflow-links.ts";
import { activeDataflow, type DesignerCore } from "./designer-core.ts";
import type { StepActions } from "./step-actions.ts";

const clippingSchema = z.object({
  format: z.literal("onceflow/steps"),
  steps: z
    .array(
      z.looseObject({
        id: z.string(),
        type: z.string(),
        name: z.union([z.string(), z.record(z.string(), z.string())]),
        sources: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});

/** Steps as text, for the clipboard: they travel between dataflows, designers and browser tabs. */
export interface ClipboardActions {
  /** The selected steps as JSON text, or null when none is selected. */
  readonly copyText: () => string | null;
  /** Adds the steps of a JSON text after the selected one; false when the text holds no steps. */
  readonly pasteText: (text: string) => boolean;
}

/** Creates the commands on the clipboard. */
export function createClipboardActions(
  core: DesignerCore,
  { insertCopies }: Pick<StepActions, "insertCopies">,
): ClipboardActions {
  return {
    copyText() {
      const dataflow = activeDataflow(core);
      const { stepKeys } = core.view.getState().selection;
      if (!dataflow || stepKeys.length === 0) return null;
      const steps = stepOrder(dataflow).flatMap((key) => (stepKeys.includes(key) ? (dataflow.steps[key] ?? []) : []));
      return `${JSON.stringify({ format: "onceflow/steps", steps }, null, 2)}\n`;
    },
    pasteText(text) {
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        return false;
      }
      const clipping = clippingSchema.safeParse(json);
      if (!clipping.success || core.environment().readOnly) return false;
      return insertCopies(clipping.data.steps, "edit.paste").length > 0;
    },
  };
}
