import { type Component, initialRunState, type RunResult } from "@onceflow/step-runtime";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { pageInput } from "../page/page-input.ts";
import { initialPageState, nextPageState, type PageState } from "../page/page-state.ts";
import { type Reply, sendAnswer } from "../page/send-answer.ts";
import type { PageRun } from "../page/use-page-run.ts";
import { useDesigner } from "../store/designer-context.tsx";

/** How much of a run the page shows: a state is reached by several, of which only the last one is to be seen. */
export type RunShown = "all" | "answer" | "nothing";

/** The preview's page: what a person sees, and runs that nobody sees. */
export interface PreviewPage extends PageRun {
  readonly play: (
    dataflowId: string,
    options: { readonly values: PageState["values"]; readonly shown: RunShown },
  ) => Promise<RunResult | null>;
}

/** Drives the preview's page by the designer's run, whoever started it: a button of the page, the bar, or the preview itself. */
export function usePreviewPage(component: Component, onForeignRun: () => void): PreviewPage {
  const { document, view, actions } = useDesigner();
  const [state, dispatch] = useReducer(nextPageState, initialPageState);
  const latest = useRef({ values: state.values, ask: state.ask, onForeignRun });
  useEffect(() => {
    latest.current = { values: state.values, ask: state.ask, onForeignRun };
  });
  const reply = useRef<Reply | null>(null);
  const playing = useRef<RunShown | null>(null);

  useEffect(() => {
    let before = view.getState().run;
    if (before?.result)
      dispatch({
        type: "finished",
        dataflowId: before.dataflowId,
        result: before.result,
        run: before.state,
        component: document.toComponent(),
      });
    return view.subscribe(({ run }) => {
      if (!run || run === before) return;
      const { dataflowId, result } = run;
      const shown = playing.current ?? "all";
      if (run.state === initialRunState && run.result === null) {
        if (shown === "all") dispatch({ type: "started", dataflowId });
        if (playing.current === null) latest.current.onForeignRun();
      } else if (shown === "all" && run.state !== before?.state) {
        dispatch({ type: "progress", run: run.state });
      }
      if (run.asked && run.asked !== before?.asked && shown !== "nothing") {
        reply.current = { send: run.asked.answer, answerId: crypto.randomUUID() };
        dispatch({ type: "asked", question: run.asked.question, component: document.toComponent() });
      }
      if (result && result !== before?.result && shown !== "nothing") {
        dispatch({ type: "finished", dataflowId, result, run: run.state, component: document.toComponent() });
      }
      before = run;
    });
  }, [document, view]);

  useEffect(() => {
    // What stands in the fields is the input of the bar's Run as well.
    view.setState({ previewInput: pageInput(component, state.values) });
  }, [view, component, state.values]);

  const start = useCallback(
    async (dataflowId: string, values: PageState["values"]): Promise<RunResult | null> => {
      try {
        return await actions.runDataflow(dataflowId, pageInput(document.toComponent(), values));
      } catch {
        dispatch({ type: "unreachable", dataflowId });
        return null;
      }
    },
    [actions, document],
  );
  const own = useMemo(
    () => ({
      run(dataflowId: string) {
        // A person's press ends what the preview was playing.
        playing.current = null;
        return start(dataflowId, latest.current.values);
      },
      async play(
        dataflowId: string,
        { values, shown }: { readonly values: PageState["values"]; readonly shown: RunShown },
      ) {
        playing.current = shown;
        try {
          return await start(dataflowId, values);
        } finally {
          playing.current = null;
        }
      },
      type: (definition: string, value: string) => dispatch({ type: "typed", definition, value }),
      complain: (dataflowId: string, definition: string) => dispatch({ type: "incomplete", dataflowId, definition }),
      closeModal: () => dispatch({ type: "modal-closed" }),
      answer: (outcome: "answered" | "resend" | "dismissed") =>
        sendAnswer(outcome, { ...latest.current, component: document.toComponent(), reply: reply.current, dispatch }),
      reset() {
        actions.cancelRun();
        dispatch({ type: "reset" });
      },
    }),
    [start, actions, document],
  );
  return useMemo(() => ({ state, ...own }), [state, own]);
}
