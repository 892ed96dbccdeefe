import { Handle, Position } from "@xyflow/react";
import type { ReactElement } from "react";
import { localize, type Step, type StepType } from "@onceflow/step-runtime";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useCanvasControls } from "./canvas-controls.tsx";
import { portId } from "./canvas-nodes.ts";
import { isFollowed } from "./open-ports.ts";
import { type CardOutcome, cardOutcomes, portPositions } from "./card-outcomes.ts";

/** The ways out on the lower edge of a card, each with its name; a single one needs none. */
export function CardPorts({
  id,
  name,
  step,
  type,
}: {
  readonly id: string;
  readonly name: string;
  readonly step: Step;
  readonly type: StepType | undefined;
}): ReactElement {
  const followed = useView(({ edges }) =>
    type
      ? ""
      : edges.flatMap((edge) => (edge.source === id && edge.data?.outcome ? [edge.data.outcome] : [])).join("|"),
  );
  const outcomes = cardOutcomes(step, type, followed === "" ? [] : followed.split("|"));
  const xs = portPositions(outcomes.length);
  return (
    <>
      {outcomes.map((outcome, index) => (
        <Port key={outcome.id} id={id} name={name} outcome={outcome} x={xs[index] ?? 0} alone={outcomes.length === 1} />
      ))}
    </>
  );
}

function Port({
  id,
  name,
  outcome,
  x,
  alone,
}: {
  readonly id: string;
  readonly name: string;
  readonly outcome: CardOutcome;
  readonly x: number;
  readonly alone: boolean;
}): ReactElement {
  const { locale, t, readOnly } = useDesigner();
  const controls = useCanvasControls();
  const port = portId(outcome.id);
  const open = useView(({ edges }) => !isFollowed(edges, id, port));
  const title = localize(outcome.title, locale);
  return (
    <>
      <Handle
        id={port}
        className="of-port-out"
        data-followed={open ? undefined : ""}
        style={{ left: x }}
        type="source"
        position={Position.Bottom}
        isConnectable={!readOnly}
        isConnectableEnd={false}
      />
      {alone || !title ? null : (
        <span className="of-outcome" style={{ left: x + 8 }} data-open={open || undefined}>
          {title}
        </span>
      )}
      {open && !readOnly ? (
        <button
          type="button"
          className="of-plus of-plus-quiet nodrag nopan"
          style={{ left: x }}
          tabIndex={-1}
          aria-label={alone ? t("canvas.addAfter", { name }) : t("canvas.addAfterOutcome", { name, outcome: title })}
          onClick={(event) =>
            controls.pickStep({ at: "after", stepKey: id, outcome: outcome.id || null }, event.currentTarget)
          }
        >
          <Icon name="plus" />
        </button>
      ) : null}
    </>
  );
}
