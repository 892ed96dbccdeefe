import type { Component, RunResult } from "@onceflow/step-runtime";
import { useCallback, useEffect, useRef, useState } from "react";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { type PreviewMove, type PreviewState, shownCode, wrongCode } from "./preview-states.ts";
import { runFingerprint } from "./run-fingerprint.ts";
import type { PreviewPage, RunShown } from "./use-preview-page.ts";

/** Whether what is shown is what the document says. */
export type PreviewStatus =
  | { readonly kind: "live" }
  | { readonly kind: "updating" }
  | { readonly kind: "stale"; readonly problems: number };

// Short enough to feel live, long enough that typing a word is one run.
const settleMs = 200;

/** Plays states, and plays again what is shown when a step that it ran changes. */
export function usePreviewReplay(
  component: Component,
  page: PreviewPage,
  states: readonly PreviewState[],
  state: PreviewState | null,
): {
  readonly status: PreviewStatus;
  readonly playState: (state: PreviewState) => void;
} {
  const { document } = useDesigner();
  const [status, setStatus] = useState<PreviewStatus>({ kind: "live" });
  const dataflowId = useView(({ run }) => run?.dataflowId ?? null);
  const input = useView(({ run }) => run?.input ?? null);
  const problems = useView(
    ({ issues }) =>
      issues.filter(
        (issue) => issue.severity === "error" && (issue.dataflowId === undefined || issue.dataflowId === dataflowId),
      ).length,
  );
  const ran = useRef<string | null>(null);
  const turn = useRef(0);
  const latest = useRef({ page, states, state });
  useEffect(() => {
    latest.current = { page, states, state };
  });

  // Each run starts anew what an edit is compared with; `input` is a new object in each.
  useEffect(() => {
    ran.current = dataflowId === null || input === null ? null : runFingerprint(document.toComponent(), dataflowId);
  }, [document, dataflowId, input]);

  const play = useCallback(async (moves: readonly PreviewMove[], last: RunShown): Promise<boolean> => {
    turn.current += 1;
    const mine = turn.current;
    let issued: string | null = null;
    for (const [index, move] of moves.entries()) {
      const typed = move.code && (move.code.which === "issued" ? issued : wrongCode(issued));
      if (typed === null) return true;
      const values = move.code && typed !== undefined ? { [move.code.definition]: typed } : {};
      const result: RunResult | null = await latest.current.page.play(move.dataflowId, {
        values,
        shown: index === moves.length - 1 ? last : "nothing",
      });
      // Another play took over.
      if (mine !== turn.current) return false;
      if (result?.status !== "completed") return true;
      issued = shownCode(result) ?? issued;
    }
    return true;
  }, []);

  useEffect(() => {
    if (dataflowId === null || input === null) return;
    const playAgain = async () => {
      setStatus({ kind: "updating" });
      if (await play(movesAgain(latest.current, dataflowId), "answer")) setStatus({ kind: "live" });
    };
    const timer = setTimeout(() => {
      const atStart = latest.current.state?.moves.length === 0;
      if (atStart || runFingerprint(component, dataflowId) === ran.current) {
        setStatus({ kind: "live" });
      } else if (problems > 0) {
        setStatus({ kind: "stale", problems });
      } else {
        void playAgain();
      }
    }, settleMs);
    return () => clearTimeout(timer);
  }, [component, dataflowId, input, problems, play]);

  const playState = useCallback(
    (next: PreviewState) => {
      latest.current.page.reset();
      void play(next.moves, "all");
    },
    [play],
  );
  return { status, playState };
}

/** The runs that bring back what is shown. A typed code works once, so the answer to one comes back by the state that gives it. */
function movesAgain(
  {
    page,
    states,
    state,
  }: { readonly page: PreviewPage; readonly states: readonly PreviewState[]; readonly state: PreviewState | null },
  dataflowId: string,
): readonly PreviewMove[] {
  if (state && state.moves.length > 0) return state.moves;
  const { phase } = page.state;
  const alike = phase.kind === "answered" ? states.find(({ id }) => id === phase.answer.kind) : undefined;
  return alike?.moves ?? [{ dataflowId }];
}
