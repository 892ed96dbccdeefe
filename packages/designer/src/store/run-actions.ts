import { initialRunState, type JsonObject, nextRunState, type RunResult } from "@onceflow/step-runtime";
import type { DesignerCore } from "./designer-core.ts";

/** Runs dataflows through the host's runner; canvas, drawer and preview follow the same run. */
export interface RunActions {
  /** Runs a dataflow (default: the active one, with what the preview's page holds). Null without a runner. */
  readonly runDataflow: (dataflowId?: string, input?: JsonObject) => Promise<RunResult | null>;
  readonly cancelRun: () => void;
}

/** Creates the commands on runs. */
export function createRunActions(core: DesignerCore): RunActions {
  const { document, view } = core;
  let current: AbortController | null = null;
  return {
    async runDataflow(dataflowId, input) {
      const { run, t, announce } = core.environment();
      const state = view.getState();
      const id = dataflowId ?? document.getState().document.dataflows[state.activeDataflow]?.meta.id;
      if (!run || id === undefined) return null;
      current?.abort();
      const abort = new AbortController();
      current = abort;
      const values = input ?? state.previewInput;
      // After a run, what a new step lacks is a problem like any other.
      view.setState({ run: { dataflowId: id, input: values, state: initialRunState, result: null }, fresh: new Set() });
      const result = await run.run({
        component: document.toComponent(),
        dataflowId: id,
        input: values,
        signal: abort.signal,
        onEvent(event) {
          const shown = view.getState().run;
          if (current === abort && shown) view.setState({ run: { ...shown, state: nextRunState(shown.state, event) } });
        },
      });
      const shown = view.getState().run;
      if (current === abort && shown) {
        view.setState({ run: { ...shown, result } });
        announce(t(result.status === "completed" ? "announce.runCompleted" : "announce.runFailed"));
      }
      return result;
    },
    cancelRun() {
      current?.abort();
    },
  };
}
