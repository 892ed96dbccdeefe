import { type ReactElement, useEffect, useRef } from "react";
import { calledDataflow, localize, type StepRun } from "@onceflow/step-runtime";
import { useDesigner, useDocument, useView } from "../store/designer-context.tsx";
import type { PreviewRun } from "../store/view-store.ts";
import { Icon } from "../theme/icon.tsx";
import { useRunDuration } from "./use-run-duration.ts";

/** The steps of a run in order, each with a bar for its time. */
export function RunTimeline({ run: { dataflowId, state } }: { readonly run: PreviewRun }): ReactElement {
  const { actions, document: store, locale, steps: types, t } = useDesigner();
  const document = useDocument((state) => state.document);
  const component = useDocument(() => store.toComponent());
  const keyOf = (id: string | undefined) =>
    document.dataflowKeys.find((one) => document.dataflows[one]?.meta.id === id) ?? "";
  const ownKey = keyOf(dataflowId);
  const selected = useView(({ activeDataflow, selection }) =>
    activeDataflow === ownKey ? selection.stepKeys[0] : undefined,
  );
  const duration = useRunDuration();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (selected !== undefined)
      list.current?.querySelector('[aria-current="true"]')?.scrollIntoView?.({ block: "nearest" });
  }, [selected]);

  const start = state.startedAt ?? 0;
  const end = state.endedAt ?? Math.max(start, ...state.steps.map((step) => step.endedAt ?? step.startedAt));
  const total = Math.max(1, end - start);
  const share = (ms: number) => `${((100 * ms) / total).toFixed(2)}%`;
  return (
    <ol className="of-timeline" ref={list}>
      {state.steps.map((step) => {
        const { callPath, stepId } = step;
        const key = callPath === "" ? ownKey : keyOf(calledDataflow(component, types, { dataflowId, callPath })?.id);
        const name = localize(document.dataflows[key]?.steps[stepId]?.name ?? stepId, locale);
        const time = (step.endedAt ?? end) - step.startedAt;
        return (
          <li key={`${callPath}/${stepId}/${step.activation}`}>
            <button
              type="button"
              className="of-timeline-row"
              data-called={callPath === "" ? undefined : true}
              aria-current={callPath === "" && selected === stepId ? "true" : undefined}
              onClick={() => {
                actions.openDataflow(key);
                actions.selectSteps([stepId]);
              }}
            >
              <Mark step={step} label={t(`card.status.${step.status}`)} />
              <span className="of-timeline-name">{name}</span>
              <span className="of-timeline-track" aria-hidden="true">
                <i style={{ left: share(step.startedAt - start), width: share(time) }} />
              </span>
              <span className="of-timeline-time">{step.endedAt === null ? "" : duration(time)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ step, label }: { readonly step: StepRun; readonly label: string }): ReactElement {
  return (
    <span className="of-timeline-mark" data-status={step.status} role="img" aria-label={label}>
      {step.status === "running" ? (
        <i className="of-spinner" />
      ) : (
        <Icon name={step.status === "done" ? "check" : "error"} />
      )}
    </span>
  );
}
