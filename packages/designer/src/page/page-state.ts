import {
  type Component,
  initialRunState,
  type JsonObject,
  type ModalView,
  type RunQuestion,
  type RunResult,
  type RunState,
  secretMask,
} from "@onceflow/step-runtime";
import { type Answer, isObject, readAnswer } from "./read-answer.ts";

/** Where a page stands. */
export type PagePhase =
  | { readonly kind: "idle" }
  /** A field that the button needs is empty. */
  | { readonly kind: "incomplete"; readonly dataflowId: string; readonly definition: string }
  | { readonly kind: "running"; readonly dataflowId: string; readonly run: RunState }
  | { readonly kind: "answered"; readonly dataflowId: string; readonly answer: Answer }
  | { readonly kind: "unreachable"; readonly dataflowId: string };

/** Where an answer stands. */
export interface Ask {
  readonly question: RunQuestion;
  readonly sending: boolean;
  readonly problem: "empty" | "not-brought" | "not-taken" | null;
}

/** What a page holds. */
export interface PageState {
  /** What stands in the fields, by definition. */
  readonly values: Readonly<Record<string, string>>;
  readonly phase: PagePhase;
  readonly modal: ModalView | null;
  /** The modal asks: the run waits for the answer. */
  readonly ask: Ask | null;
  /** What labels, conditions and countdowns read: the outputs of the last run's steps, its response, and `data`. */
  readonly scope: JsonObject;
  /** A person typed since the last answer: the old complaint is gone. */
  readonly edited: boolean;
  /** Counts answers, so that the same answer twice is still news. */
  readonly answers: number;
}

/** What changes a page. */
export type PageAction =
  | { readonly type: "typed"; readonly definition: string; readonly value: string }
  | { readonly type: "incomplete"; readonly dataflowId: string; readonly definition: string }
  | { readonly type: "started"; readonly dataflowId: string }
  | { readonly type: "progress"; readonly run: RunState }
  | {
      readonly type: "finished";
      readonly dataflowId: string;
      readonly result: RunResult;
      readonly run: RunState;
      readonly component: Component;
    }
  | { readonly type: "unreachable"; readonly dataflowId: string }
  | { readonly type: "asked"; readonly question: RunQuestion; readonly component: Component }
  | { readonly type: "answering" }
  | { readonly type: "answer-failed"; readonly problem: NonNullable<Ask["problem"]> }
  | { readonly type: "modal-closed" }
  | { readonly type: "reset" };

/** A page on which nothing has happened. */
export const initialPageState: PageState = {
  values: {},
  phase: { kind: "idle" },
  modal: null,
  ask: null,
  scope: {},
  edited: false,
  answers: 0,
};

/** The page after one more action; pure. */
export function nextPageState(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case "typed":
      return { ...state, values: { ...state.values, [action.definition]: action.value }, edited: true };
    case "incomplete":
      return {
        ...state,
        phase: { kind: "incomplete", dataflowId: action.dataflowId, definition: action.definition },
        edited: false,
        answers: state.answers + 1,
      };
    case "started":
      return {
        ...state,
        phase: { kind: "running", dataflowId: action.dataflowId, run: initialRunState },
        modal: null,
        ask: null,
      };
    case "asked":
      // A question starts with empty fields, but for what a person typed and the server did not take.
      return {
        ...state,
        values: withoutFields(state.values, action.question, action.component),
        modal: action.question.modal,
        ask: { question: action.question, sending: false, problem: null },
        answers: state.answers + 1,
      };
    case "answering":
      return state.ask ? { ...state, ask: { ...state.ask, sending: true, problem: null } } : state;
    case "answer-failed":
      return state.ask
        ? { ...state, ask: { ...state.ask, sending: false, problem: action.problem }, answers: state.answers + 1 }
        : state;
    case "progress":
      return state.phase.kind === "running" ? { ...state, phase: { ...state.phase, run: action.run } } : state;
    case "finished": {
      const { result, component, run } = action;
      // A run that was stopped to begin anew has nothing to say.
      if (result.status === "cancelled" && state.phase.kind !== "running") return state;
      return {
        values: valuesAfter(state.values, result, component),
        phase: { kind: "answered", dataflowId: action.dataflowId, answer: readAnswer(result) },
        modal: result.status === "completed" && state.ask === null ? result.modal : null,
        ask: null,
        scope: { ...outputsOf(run), ...(isObject(result.response) ? result.response : {}), data: result.definitions },
        edited: false,
        answers: state.answers + 1,
      };
    }
    case "unreachable":
      // What was typed stays, so that trying again needs no second typing.
      return {
        ...state,
        phase: { kind: "unreachable", dataflowId: action.dataflowId },
        modal: state.ask ? null : state.modal,
        ask: null,
        answers: state.answers + 1,
      };
    case "modal-closed":
      return { ...state, modal: null };
    case "reset":
      return { ...initialPageState, answers: state.answers };
  }
}

/** Secrets leave the fields once they were sent, and never come back from a response. */
function valuesAfter(values: PageState["values"], result: RunResult, component: Component): PageState["values"] {
  const after: Record<string, string> = {};
  for (const { name, secret } of component.definitions) {
    if (secret) continue;
    const answered = result.definitions[name];
    const typed = values[name];
    if ((typeof answered === "string" && answered !== secretMask) || typeof answered === "number")
      after[name] = String(answered);
    else if (typed !== undefined) after[name] = typed;
  }
  return after;
}

function withoutFields(
  values: PageState["values"],
  { fields }: RunQuestion,
  component: Component,
): PageState["values"] {
  const asked = new Set(fields);
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => !asked.has(name) && component.definitions.some((one) => one.name === name),
    ),
  );
}

function outputsOf({ steps }: RunState): JsonObject {
  let outputs: JsonObject = {};
  for (const { output } of steps) outputs = { ...outputs, ...output };
  return outputs;
}
