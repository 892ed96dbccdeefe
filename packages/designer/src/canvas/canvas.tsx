import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  ConnectionLineType,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
  type OnNodeDrag,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  ViewportPortal,
} from "@xyflow/react";
import {
  type ReactElement,
  type RefObject,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { localize } from "@onceflow/step-runtime";
import { connectionRefusal } from "../store/connection-check.ts";
import { useDesigner, useDocument, useView } from "../store/designer-context.tsx";
import type { StepPlace } from "../store/step-recipes.ts";
import { type CanvasControls, CanvasControlsContext } from "./canvas-controls.tsx";
import type { CanvasEdge, CanvasNode } from "./canvas-node.ts";
import { portOutcome } from "./canvas-nodes.ts";
import { cardSize } from "./card-size.ts";
import { dropPlace, isStepDrag, laneAt, stepDragType } from "./step-drag.ts";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { type CanvasFollower, emptyLayout, followDocument } from "./follow-document.ts";
import { Lanes } from "./lanes.tsx";
import { moveOfDrag } from "./move-of-drag.ts";
import { SourceEdge } from "./source-edge.tsx";
import { StepCard } from "./step-card.tsx";
import { StepPicker, type StepPick } from "./step-picker.tsx";
import { useHomeViewport } from "./use-home-viewport.ts";
import { ZoomBar } from "./zoom-bar.tsx";

// Stable identities: React Flow mounts every card anew when these change.
const nodeTypes: NodeTypes = { step: StepCard };
const edgeTypes: EdgeTypes = { source: SourceEdge };
const snapGrid: [number, number] = [cardSize.grid / 2, cardSize.grid / 2];
const visibleOnlyFrom = 80;
/** Lane heads stand on the left, durations on the right. */
const fitPadding = { left: "152px", right: "64px", top: "12px", bottom: "64px" } as const;

/** The canvas: stages as lanes, steps as cards, sources as lines. */
export function Canvas(props: {
  readonly controls: RefObject<CanvasControls | null>;
  readonly viewOnly: boolean;
}): ReactElement {
  return (
    <ReactFlowProvider>
      <CanvasPane {...props} />
    </ReactFlowProvider>
  );
}

function CanvasPane({
  controls,
  viewOnly,
}: {
  readonly controls: RefObject<CanvasControls | null>;
  readonly viewOnly: boolean;
}): ReactElement {
  const designer = useDesigner();
  const { document, view, actions, steps, locale, t } = designer;
  const readOnly = designer.readOnly || viewOnly;
  const nodes = useView((state) => state.nodes);
  const edges = useView((state) => state.edges);
  const dataflowKey = useView((state) => state.activeDataflow);
  const name = useDocument((state) => {
    const meta = state.document.dataflows[dataflowKey]?.meta;
    return meta ? localize(meta.name, locale) : "";
  });
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const pane = useRef<HTMLDivElement>(null);
  const [pick, setPick] = useState<StepPick | null>(null);

  const follower = useRef<CanvasFollower>(null);
  useLayoutEffect(() => {
    const started = followDocument({ document, view }, steps, readOnly);
    follower.current = started;
    return () => started.stop();
  }, [document, view, steps, readOnly]);

  const layout = useCallback(() => follower.current?.layout() ?? emptyLayout, []);
  const home = useHomeViewport(pane);

  const own = useMemo(
    (): CanvasControls => ({
      fitView: () => void flow.fitView({ padding: fitPadding, maxZoom: 1, duration: home.duration() }),
      zoomIn: () => void flow.zoomIn({ duration: home.duration() }),
      zoomOut: () => void flow.zoomOut({ duration: home.duration() }),
      zoomTo100: () => home.go(),
      reveal(stepKey, { focus = false } = {}) {
        home.reveal(stepKey);
        if (!focus) return;
        // A card out of sight is mounted only once it is in view.
        requestAnimationFrame(() =>
          pane.current
            ?.querySelector<HTMLElement>(`[data-step="${CSS.escape(stepKey)}"]`)
            ?.focus({ preventScroll: true }),
        );
      },
      pickStep(place: StepPlace, anchor) {
        if (readOnly || !pane.current) return;
        const frame = pane.current.getBoundingClientRect();
        const box = anchor?.getBoundingClientRect() ?? frame;
        setPick({
          place,
          x: box.left + box.width / 2 - frame.left,
          y: box.bottom - frame.top + 6,
          opener: globalThis.document.activeElement,
        });
      },
    }),
    [flow, home, readOnly],
  );
  useImperativeHandle(controls, () => own, [own]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      // Selection is the view's own; sizes are fixed. What remains is the drag.
      const moves = changes.filter((change) => change.type === "position");
      if (moves.length > 0) view.setState((state) => ({ nodes: applyNodeChanges(moves, state.nodes as CanvasNode[]) }));
    },
    [view],
  );

  const onNodeClick = useCallback(
    (event: React.MouseEvent, node: CanvasNode) => {
      const { stepKeys } = view.getState().selection;
      const add = event.shiftKey || event.metaKey || event.ctrlKey;
      if (!add) {
        actions.selectSteps([node.id]);
        // Where panels take turns, the one of the step that was chosen comes.
        if (!viewOnly) view.setState((state) => ({ open: { ...state.open, right: true } }));
      } else
        actions.selectSteps(
          stepKeys.includes(node.id) ? stepKeys.filter((key) => key !== node.id) : [...stepKeys, node.id],
        );
      (event.target as Element).closest<HTMLElement>("[data-step]")?.focus({ preventScroll: true });
    },
    [actions, view, viewOnly],
  );

  const onNodeDoubleClick = useCallback(() => {
    view.setState((state) => ({ rightTab: "parameters", open: { ...state.open, right: true } }));
  }, [view]);

  const onNodeDragStart = useCallback<OnNodeDrag<CanvasNode>>(
    (_, node) => {
      if (!view.getState().selection.stepKeys.includes(node.id)) actions.selectSteps([node.id]);
    },
    [actions, view],
  );

  const onNodeDragStop = useCallback<OnNodeDrag<CanvasNode>>(
    (_, node, dragged) => {
      const dataflow = document.getState().document.dataflows[view.getState().activeDataflow];
      for (const card of dragged.length > 0 ? dragged : [node]) {
        const move = dataflow && moveOfDrag(dataflow, layout(), card.id, card.position);
        if (move) actions.moveStep(card.id, move);
      }
      view.setState((state) => ({
        nodes: state.nodes.map((item) => (item.dragging ? { ...item, dragging: false } : item)),
      }));
      follower.current?.restore();
    },
    [actions, document, layout, view],
  );

  const onPaneClick = useCallback(() => actions.selectSteps([]), [actions]);
  const onEdgeClick = useCallback(
    (_: React.MouseEvent, edge: CanvasEdge) => {
      view.setState({ selection: { stepKeys: [], edgeId: edge.id } });
      pane.current?.focus({ preventScroll: true });
    },
    [view],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      actions.connect({ stepId: source, outcome: portOutcome(sourceHandle) }, target);
    },
    [actions],
  );
  const isValidConnection = useCallback(
    ({ source, sourceHandle, target }: CanvasEdge | Connection) => {
      const dataflow = document.getState().document.dataflows[view.getState().activeDataflow];
      const from = { stepId: source, outcome: portOutcome(sourceHandle) };
      return dataflow !== undefined && connectionRefusal(dataflow, steps, from, target) === null;
    },
    [document, view, steps],
  );
  const onConnectStart = useCallback(() => pane.current?.setAttribute("data-connecting", ""), []);
  const onConnectEnd = useCallback(() => pane.current?.removeAttribute("data-connecting"), []);

  function onDragOver(event: React.DragEvent): void {
    if (readOnly || !isStepDrag(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    const { y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const lane = laneAt(layout(), y);
    const target =
      (event.target as Element).closest(".react-flow__edge") ??
      pane.current?.querySelector(`[data-lane="${CSS.escape(lane?.stageKey ?? "")}"]`);
    markDrop(pane.current, target ?? null);
  }
  function onDrop(event: React.DragEvent): void {
    const type = event.dataTransfer.getData(stepDragType);
    markDrop(pane.current, null);
    if (readOnly || type === "") return;
    event.preventDefault();
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const place = dropPlace(event.target as Element, point.y, view.getState(), layout());
    const added = place && actions.addStep(type, place);
    if (added) own.reveal(added, { focus: true });
  }

  return (
    <CanvasControlsContext value={own}>
      <div
        ref={pane}
        className="of-canvas"
        data-view-only={viewOnly || undefined}
        tabIndex={-1}
        role="application"
        aria-label={`${t("canvas.label", { name })}. ${viewOnly ? t("canvas.viewOnly") : t("canvas.hint")}`}
        onDragOver={onDragOver}
        onDragLeave={() => markDrop(pane.current, null)}
        onDrop={onDrop}
      >
        <ReactFlow<CanvasNode, CanvasEdge>
          nodes={nodes as CanvasNode[]}
          edges={edges as CanvasEdge[]}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onNodeClick={onNodeClick}
          onNodeDoubleClick={onNodeDoubleClick}
          onNodeDragStart={onNodeDragStart}
          onNodeDragStop={onNodeDragStop}
          onPaneClick={onPaneClick}
          onEdgeClick={onEdgeClick}
          onConnect={onConnect}
          onConnectStart={onConnectStart}
          onConnectEnd={onConnectEnd}
          isValidConnection={isValidConnection}
          onMove={home.onMove}
          onInit={home.onInit}
          onlyRenderVisibleElements={nodes.length > visibleOnlyFrom}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          elevateNodesOnSelect={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          connectionLineType={ConnectionLineType.SmoothStep}
          nodeDragThreshold={3}
          connectionRadius={24}
          snapToGrid
          snapGrid={snapGrid}
          minZoom={0.1}
          maxZoom={2}
        >
          <Background variant={BackgroundVariant.Dots} gap={cardSize.grid} size={2} offset={cardSize.grid / 2} />
          <ViewportPortal>
            <Lanes readOnly={readOnly} />
          </ViewportPortal>
        </ReactFlow>
        {nodes.length === 0 ? <EmptyCanvas readOnly={readOnly} /> : null}
        <ZoomBar readOnly={readOnly} />
        {pick ? <StepPicker pick={pick} onClose={() => setPick(null)} /> : null}
      </div>
    </CanvasControlsContext>
  );
}

/** Shows what a dragged step would be dropped on; by attribute, since a drag must not render. */
function markDrop(pane: HTMLElement | null, target: Element | null): void {
  for (const marked of pane?.querySelectorAll("[data-drop]") ?? [])
    if (marked !== target) marked.removeAttribute("data-drop");
  target?.setAttribute("data-drop", "");
}
