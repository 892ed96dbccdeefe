import type { RefObject } from "react";
import type { CanvasControls } from "../canvas/canvas-controls.tsx";
import { cardSize } from "../canvas/card-size.ts";
import { outlineMove } from "../outline/outline-move.ts";
import { dataflowLinks, stageOf } from "../store/dataflow-links.ts";
import type { Designer } from "../store/designer-context.tsx";
import { type Arrow, walkConnections } from "./walk-connections.ts";

/** The keys of the canvas; letters work anywhere in the designer, keys with a meaning of their own only on the canvas. */
export function canvasBindings(
  { actions, document, view, steps }: Designer,
  controls: RefObject<CanvasControls | null>,
  root: HTMLElement,
): Record<string, (event: KeyboardEvent) => void> {
  const dataflow = () => document.getState().document.dataflows[view.getState().activeDataflow] ?? null;
  const selected = () => view.getState().selection.stepKeys.at(-1) ?? null;
  const card = (stepKey: string | null) =>
    stepKey === null ? null : root.querySelector(`[data-step="${CSS.escape(stepKey)}"]`);

  const letter = (action: () => void) => (event: KeyboardEvent) => {
    event.preventDefault();
    action();
  };
  const onCanvas = (action: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    const target = event.target as Element;
    // Buttons on the canvas keep Enter and Space.
    if (!target.closest(".of-canvas") || target.closest("button")) return;
    event.preventDefault();
    action(event);
  };

  const walk = (arrow: Arrow) =>
    onCanvas(() => {
      const flow = dataflow();
      const next = flow && walkConnections(flow, steps, selected(), arrow);
      if (!next) return;
      actions.selectSteps([next]);
      controls.current?.reveal(next, { focus: true });
    });
  const move = (by: 1 | -1) =>
    onCanvas(() => {
      const flow = dataflow();
      const stepKey = selected();
      const stageKey = flow && stepKey !== null ? stageOf(flow, stepKey) : null;
      if (!flow || stepKey === null || stageKey === null) return;
      const to = outlineMove(flow, stageKey, flow.stages[stageKey]?.stepKeys.indexOf(stepKey) ?? 0, by);
      if (!to) return;
      actions.moveStep(stepKey, { ...to, position: null });
      controls.current?.reveal(stepKey, { focus: true });
    });
  const aside = (by: 1 | -1) =>
    onCanvas(() => {
      const flow = dataflow();
      const stepKey = selected();
      const stageKey = flow && stepKey !== null ? stageOf(flow, stepKey) : null;
      const node = view.getState().nodes.find(({ id }) => id === stepKey);
      const lane = view.getState().lanes.find((one) => one.stageKey === stageKey);
      if (!flow || stepKey === null || stageKey === null || !node || !lane) return;
      const x = node.position.x + cardSize.width / 2 + by * cardSize.grid;
      const index = flow.stages[stageKey]?.stepKeys.indexOf(stepKey) ?? 0;
      actions.moveStep(stepKey, { stageKey, index, position: { x, y: node.position.y - lane.y } });
    });
  const remove = (heal: boolean) =>
    onCanvas(() => {
      const { edges, selection } = view.getState();
      const edge = edges.find(({ id }) => id === selection.edgeId);
      if (edge) {
        actions.disconnect({ stepId: edge.source, outcome: edge.data?.outcome ?? null }, edge.target);
        view.setState({ selection: { stepKeys: [], edgeId: null } });
        return;
      }
      actions.deleteSteps(selection.stepKeys, { heal });
      const next = selected();
      if (next !== null) controls.current?.reveal(next, { focus: true });
    });

  return {
    ArrowDown: walk("ArrowDown"),
    ArrowUp: walk("ArrowUp"),
    ArrowLeft: walk("ArrowLeft"),
    ArrowRight: walk("ArrowRight"),
    "Alt+ArrowDown": move(1),
    "Alt+ArrowUp": move(-1),
    "Alt+ArrowLeft": aside(-1),
    "Alt+ArrowRight": aside(1),
    Enter: onCanvas(() => {
      if (selected() === null) return;
      view.setState((state) => ({ rightTab: "parameters", open: { ...state.open, right: true } }));
      requestAnimationFrame(() => root.querySelector<HTMLElement>(".ofs-panel .ofs-body input")?.focus());
    }),
    Delete: remove(true),
    Backspace: remove(true),
    "Shift+Delete": remove(false),
    "Shift+Backspace": remove(false),
    Escape: onCanvas(() => actions.selectSteps([])),
    "$mod+d": letter(() => actions.duplicateSteps(view.getState().selection.stepKeys)),
    "$mod+a": onCanvas(() => actions.selectSteps(view.getState().nodes.map(({ id }) => id))),
    a: letter(() => {
      const stepKey = selected();
      if (stepKey !== null) controls.current?.pickStep({ at: "after", stepKey, outcome: null }, card(stepKey));
      else {
        const last = view.getState().lanes.at(-1);
        controls.current?.pickStep({ at: "stage", stageKey: last?.stageKey ?? "stage" }, null);
      }
    }),
    i: letter(() => {
      const { edges, selection } = view.getState();
      const flow = dataflow();
      const edge = edges.find(({ id }) => id === selection.edgeId);
      // Without a connection chosen, the one that leads into the selected step; else the one that leads on.
      const links = flow ? dataflowLinks(flow, steps) : [];
      const stepKey = selected();
      const link =
        links.find(({ targetKey }) => targetKey === stepKey) ?? links.find(({ source }) => source.stepId === stepKey);
      if (edge) {
        controls.current?.pickStep(
          { at: "edge", source: { stepId: edge.source, outcome: edge.data?.outcome ?? null }, targetKey: edge.target },
          card(edge.source),
        );
      } else if (link) {
        controls.current?.pickStep(
          { at: "edge", source: link.source, targetKey: link.targetKey },
          card(link.source.stepId),
        );
      }
    }),
    t: letter(actions.tidy),
    "1": letter(() => controls.current?.fitView()),
    "2": letter(() => {
      const stepKey = selected();
      if (stepKey !== null) controls.current?.reveal(stepKey);
    }),
    "0": letter(() => controls.current?.zoomTo100()),
  };
}
