import {
  type Component,
  initialRunState,
  type JsonObject,
  nextRunState,
  type RunResult,
  secretMask,
} from "@onceflow/step-runtime";
import { ownSteps } from "../run/own-steps.ts";
import type { ComponentActions } from "./component-actions.ts";
import type { DesignerCore } from "./designer-core.ts";

/** Runs dataflows through the host's runner; canvas, drawer and preview follow the same run. */
export interface RunActions {
  /** Runs a dataflow (default: the active one, with what the preview's page holds). Null without a runner. */
  readonly runDataflow: (dataflowId?: string, input?: JsonObject) => Promise<RunResult | null>;
  readonly cancelRun: () => void;
  /** Selects the step before or after the selected one in the last run. */
  readonly walkRun: (by: 1 | -1) => void;
}

/** Creates the commands on runs. */
export function createRunActions(core: DesignerCore, components: ComponentActions): RunActions {
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
      const component = document.toComponent();
      view.setState({
        run: {
          dataflowId: id,
          input: maskSecrets(component, values),
          state: initialRunState,
          asked: null,
          messages: [],
          result: null,
        },
        fresh: new Set(),
      });
      const result = await run.run({
        component,
        dataflowId: id,
        input: values,
        signal: abort.signal,
        onEvent(event) {
          const shown = view.getState().run;
          if (current === abort && shown) view.setState({ run: { ...shown, state: nextRunState(shown.state, event) } });
        },
        onMessages(messages) {
          const shown = view.getState().run;
          if (current === abort && shown) view.setState({ run: { ...shown, messages } });
        },
        onQuestion(question, answer) {
          const shown = view.getState().run;
          if (current === abort && shown) view.setState({ run: { ...shown, asked: { question, answer } } });
        },
      });
      const shown = view.getState().run;
      if (current === abort && shown) {
        view.setState({ run: { ...shown, messages: result.messages, result } });
        announce(t(result.status === "completed" ? "announce.runCompleted" : "announce.runFailed"));
      }
      return result;
    },
    cancelRun() {
      current?.abort();
    },
    walkRun(by) {
      const { run, selection } = view.getState();
      if (!run) return;
      const steps = ownSteps(run.state);
      const at = steps.findIndex(({ stepId }) => stepId === selection.stepKeys.at(-1));
      const step = steps[at + by];
      const { dataflowKeys, dataflows } = document.getState().document;
      const key = dataflowKeys.find((one) => dataflows[one]?.meta.id === run.dataflowId);
      if (!step || key === undefined) return;
      components.openDataflow(key);
      components.selectSteps([step.stepId]);
    },
  };
}

function maskSecrets(component: Component, input: JsonObject): JsonObject {
  const secret = new Set(component.definitions.flatMap((definition) => (definition.secret ? [definition.name] : [])));
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, secret.has(name) && value !== null ? secretMask : value]),
  );
}
