import { Handle, type NodeProps, Position, useConnection } from "@xyflow/react";
import { memo, type ReactElement } from "react";
import { localize, type Step } from "@onceflow/step-runtime";
import { connectionRefusal } from "../store/connection-check.ts";
import { useDesigner, useDocument, useStep, useView } from "../store/designer-context.tsx";
import { missingSettings } from "../store/missing-settings.ts";
import { stepPath } from "../store/view-store.ts";
import { StepTile } from "../theme/step-tile.tsx";
import type { CanvasNode } from "./canvas-node.ts";
import { inPort, portOutcome } from "./canvas-nodes.ts";
import { CardPorts } from "./card-ports.tsx";
import { CardStatus } from "./card-status.tsx";
import { ModelWords } from "./model-words.tsx";
import { stepSummary } from "./step-summary.ts";
import { durationParts, stepRunMark } from "./step-run-mark.ts";

/** The card of one step. It reads its own step by id, so an edit of one step renders one card. */
export const StepCard = memo(function StepCard({ id, selected, dragging }: NodeProps<CanvasNode>): ReactElement | null {
  const step = useStep(id);
  return step ? <Card id={id} step={step} selected={selected} dragging={dragging} /> : null;
});

function Card({
  id,
  step,
  selected,
  dragging,
}: {
  readonly id: string;
  readonly step: Step;
  readonly selected: boolean;
  readonly dragging: boolean;
}): ReactElement {
  const { document, steps, locale, t, readOnly } = useDesigner();
  const type = steps.get(step.type);
  const dataflowKey = useView((view) => view.activeDataflow);
  const dataflowId = useDocument((state) => state.document.dataflows[dataflowKey]?.meta.id);
  const summary = useDocument(() => stepSummary(document, steps, step, locale));
  const run = useView((view) => stepRunMark(view, dataflowId, step.id));
  const isFresh = useView((view) => view.fresh.has(stepPath(dataflowKey, id)));
  const issue = useView((view) => view.stepIssues[stepPath(dataflowKey, id)]?.[0]);
  const isTabStop = useView(({ selection, nodes }) => (selection.stepKeys[0] ?? nodes[0]?.id) === id);
  const refusedFrom = useConnection((connection) => {
    if (!connection.inProgress || connection.toNode?.id !== id || connection.toHandle?.type !== "target") return null;
    return connection.isValid ? "target" : `${connection.fromNode.id}>${connection.fromHandle.id ?? ""}`;
  });

  const name = localize(step.name, locale);
  const missing = isFresh && type ? missingSettings(type, step).length : 0;
  const problem = missing > 0 ? undefined : issue && issue.severity !== "hint" ? issue : undefined;
  const refusal = refusedFrom !== null && refusedFrom !== "target" ? refusalText() : null;
  const sentence =
    refusal ??
    (!type
      ? t("card.unknown", { type: step.type })
      : missing > 0
        ? t("card.needs", { count: missing })
        : problem
          ? firstSentence(problem.message)
          : run?.status === "skipped"
            ? t("card.skipped")
            : summary);
  const state = refusal
    ? "refused"
    : refusedFrom === "target"
      ? "target"
      : !type
        ? "unknown"
        : missing > 0
          ? "fresh"
          : (problem?.severity ?? (run?.status === "running" || run?.status === "skipped" ? run.status : "rest"));
  const status = problem
    ? t(`card.status.${problem.severity}`, { text: problem.message })
    : run
      ? t(`card.status.${run.status}`)
      : "";

  function refusalText(): string | null {
    const dataflow = document.getState().document.dataflows[dataflowKey];
    const [stepKey = "", handle] = refusedFrom?.split(">") ?? [];
    const reason =
      dataflow && connectionRefusal(dataflow, steps, { stepId: stepKey, outcome: portOutcome(handle) }, id);
    return reason ? t(reason) : null;
  }

  return (
    <>
      <article
        className="of-card"
        data-step={id}
        data-state={state}
        data-selected={selected || undefined}
        data-dragging={dragging || undefined}
        tabIndex={isTabStop ? 0 : -1}
        role="group"
        aria-label={[name, sentence, status].filter(Boolean).join(". ")}
        title={`${name}\n${summary}`}
      >
        <StepTile type={type} />
        <div className="of-card-text">
          <b>{name}</b>
          <p>
            <ModelWords text={sentence} />
          </p>
        </div>
        <CardStatus refused={refusal !== null} severity={problem?.severity} run={run?.status} />
      </article>
      {type?.sources === "none" ? null : (
        <Handle
          id={inPort}
          className="of-port-in"
          type="target"
          position={Position.Top}
          isConnectableStart={false}
          isConnectable={!readOnly}
        />
      )}
      <CardPorts id={id} name={name} step={step} type={type} />
      {run?.durationMs != null ? (
        <span className="of-duration">{t(durationParts(run.durationMs).id, durationParts(run.durationMs).values)}</span>
      ) : null}
    </>
  );
}

function firstSentence(message: string): string {
  const end = message.search(/\.\s/);
  return end < 0 ? message.replace(/\.$/, "") : message.slice(0, end);
}
