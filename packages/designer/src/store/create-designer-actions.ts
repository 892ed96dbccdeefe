import { createClipboardActions } from "./clipboard-actions.ts";
import { createComponentActions } from "./component-actions.ts";
import type { DesignerActions } from "./designer-context.tsx";
import type { DesignerCore } from "./designer-core.ts";
import { createRunActions } from "./run-actions.ts";
import { createStageActions } from "./stage-actions.ts";
import { createStepActions } from "./step-actions.ts";

/** Creates all actions of one designer. */
export function createDesignerActions(core: DesignerCore): DesignerActions {
  const steps = createStepActions(core);
  const components = createComponentActions(core);
  return {
    ...steps,
    ...createStageActions(core),
    ...components,
    ...createClipboardActions(core, steps),
    ...createRunActions(core, components),
  };
}
