import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, type ReactElement, useState } from "react";
import { localize } from "@onceflow/step-runtime";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useCanvasControls } from "./canvas-controls.tsx";
import type { CanvasEdge } from "./canvas-node.ts";
import { edgePath } from "./edge-path.ts";

/** A connection: an orthogonal line, which shows a `+` under the pointer. */
export const SourceEdge = memo(function SourceEdge(props: EdgeProps<CanvasEdge>): ReactElement {
  const { id, source, target, sourceX, sourceY, targetX, targetY, data } = props;
  const { readOnly } = useDesigner();
  const accent = useView(
    ({ selection: { stepKeys, edgeId } }) => edgeId === id || stepKeys.includes(source) || stepKeys.includes(target),
  );
  const chosen = useView(({ selection }) => selection.edgeId === id);
  const [hovered, setHovered] = useState(false);
  const { path, plusX, plusY } = edgePath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    busOffset: data?.busOffset ?? 12,
    channelX: data?.channelX ?? null,
  });
  return (
    <g
      className="of-edge"
      data-edge={id}
      data-accent={accent || undefined}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      <BaseEdge path={path} interactionWidth={24} />
      {/* From top to bottom needs no arrow; a line that runs up does. */}
      {targetY < sourceY ? (
        <path
          className="of-edge-arrow"
          d={`M${targetX - 4} ${targetY - 6}L${targetX} ${targetY - 1}L${targetX + 4} ${targetY - 6}`}
        />
      ) : null}
      {(hovered || chosen) && !readOnly ? (
        <EdgeLabelRenderer>
          <EdgePlus {...{ source, target, outcome: data?.outcome ?? null, x: plusX, y: plusY }} />
        </EdgeLabelRenderer>
      ) : null}
    </g>
  );
});

function EdgePlus({
  source,
  target,
  outcome,
  x,
  y,
}: {
  readonly source: string;
  readonly target: string;
  readonly outcome: string | null;
  readonly x: number;
  readonly y: number;
}): ReactElement {
  const { document, view, locale, t } = useDesigner();
  const controls = useCanvasControls();
  const nameOf = (key: string) => {
    const step = document.getState().document.dataflows[view.getState().activeDataflow]?.steps[key];
    return step ? localize(step.name, locale) : key;
  };
  return (
    <div className="of-edge-plus nodrag nopan" style={{ transform: `translate(${x}px, ${y}px)` }}>
      <button
        type="button"
        className="of-plus"
        tabIndex={-1}
        aria-label={t("canvas.insertBetween", { source: nameOf(source), target: nameOf(target) })}
        onClick={(event) =>
          controls.pickStep({ at: "edge", source: { stepId: source, outcome }, targetKey: target }, event.currentTarget)
        }
      >
        <Icon name="plus" />
      </button>
      <span className="of-hint" aria-hidden="true">
        {t("canvas.insert")}
        <kbd>I</kbd>
      </span>
    </div>
  );
}
