import {
  type Component,
  type DataflowRunner,
  initialRunState,
  nextRunState,
  type RunEvent,
  type RunResult,
} from "@onceflow/step-runtime";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { pageInput } from "./page-input.ts";
import { initialPageState, nextPageState, type PageState } from "./page-state.ts";
import { type Reply, sendAnswer } from "./send-answer.ts";

/** What a host may follow. */
export interface PageRunHooks {
  readonly onRunStart?: (dataflowId: string) => void;
  readonly onEvent?: (event: RunEvent, dataflowId: string) => void;
  readonly onResult?: (result: RunResult, dataflowId: string) => void;
}

/** A page's state and what can be done with it. */
export interface PageRun {
  readonly state: PageState;
  readonly type: (definition: string, value: string) => void;
  readonly complain: (dataflowId: string, definition: string) => void;
  /** Stops the run before; null when this one was stopped or the runner could not be reached. */
  readonly run: (dataflowId: string) => Promise<RunResult | null>;
  readonly closeModal: () => void;
  /** Answers the modal that asks. */
  readonly answer: (outcome: "answered" | "resend" | "dismissed") => Promise<void>;
  readonly reset: () => void;
}

/** Drives a page over a runner: one run at a time, a new one stops the one before. */
export function usePageRun(component: Component, runner: DataflowRunner, hooks: PageRunHooks = {}): PageRun {
  const [state, dispatch] = useReducer(nextPageState, initialPageState);
  const latest = useRef({ component, runner, hooks, values: state.values, ask: state.ask });
  useEffect(() => {
    latest.current = { component, runner, hooks, values: state.values, ask: state.ask };
  });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const reply = useRef<Reply | null>(null);

  const run = useCallback(async (dataflowId: string): Promise<RunResult | null> => {
    const { component, runner, hooks, values } = latest.current;
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    let run = initialRunState;
    dispatch({ type: "started", dataflowId });
    hooks.onRunStart?.(dataflowId);
    try {
      const result = await runner.run({
        component,
        dataflowId,
        input: pageInput(component, values),
        signal: abort.signal,
        onEvent(event) {
          if (abort.signal.aborted) return;
          run = nextRunState(run, event);
          dispatch({ type: "progress", run });
          hooks.onEvent?.(event, dataflowId);
        },
        onQuestion(question, send) {
          if (abort.signal.aborted) return;
          reply.current = { send, answerId: crypto.randomUUID() };
          dispatch({ type: "asked", question, component });
        },
      });
      if (abort.signal.aborted) return null;
      dispatch({ type: "finished", dataflowId, result, run, component });
      hooks.onResult?.(result, dataflowId);
      return result;
    } catch {
      // A runner answers with a result even when a run fails: an exception means that it was not reached.
      if (!abort.signal.aborted) dispatch({ type: "unreachable", dataflowId });
      return null;
    }
  }, []);

  const answer = useCallback(async (outcome: "answered" | "resend" | "dismissed"): Promise<void> => {
    await sendAnswer(outcome, { ...latest.current, reply: reply.current, dispatch });
  }, []);

  const actions = useMemo(
    () => ({
      type: (definition: string, value: string) => dispatch({ type: "typed", definition, value }),
      complain: (dataflowId: string, definition: string) => dispatch({ type: "incomplete", dataflowId, definition }),
      closeModal: () => dispatch({ type: "modal-closed" }),
      reset: () => {
        current.current?.abort();
        dispatch({ type: "reset" });
      },
    }),
    [],
  );
  return useMemo(() => ({ state, run, answer, ...actions }), [state, run, answer, actions]);
}
