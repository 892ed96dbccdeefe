import type { Issue } from "@onceflow/step-runtime";
import { useCallback } from "react";
import { useDesigner } from "../store/designer-context.tsx";

/** Goes to problems: opens the dataflow and selects the step. */
export function useIssueWalk(): (issue: Issue) => void {
  const { actions, document, view } = useDesigner();
  return useCallback(
    (issue: Issue) => {
      const { dataflowKeys, dataflows } = document.getState().document;
      // Without a dataflow named, the step stands in the open one.
      const key =
        issue.dataflowId === undefined
          ? view.getState().activeDataflow
          : dataflowKeys.find((one) => dataflows[one]?.meta.id === issue.dataflowId);
      if (key === undefined) return;
      actions.openDataflow(key);
      const steps = dataflows[key]?.steps ?? {};
      const stepKey = Object.keys(steps).find((one) => steps[one]?.id === issue.stepId);
      actions.selectSteps(stepKey === undefined ? [] : [stepKey]);
      view.setState(({ open }) => ({ rightTab: "parameters", open: { ...open, right: true } }));
    },
    [actions, document, view],
  );
}
