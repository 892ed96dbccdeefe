import { durationParts } from "../canvas/step-run-mark.ts";
import { useDesigner } from "../store/designer-context.tsx";

/** Writes a duration the way cards do. */
export function useRunDuration(): (ms: number) => string {
  const { t } = useDesigner();
  return (ms) => {
    const { id, values } = durationParts(ms);
    return t(id, values);
  };
}
