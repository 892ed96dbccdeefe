import type { AnswerQuestion, Component, JsonObject } from "@onceflow/step-runtime";
import type { Dispatch } from "react";
import { pageInput } from "./page-input.ts";
import type { Ask, PageAction, PageState } from "./page-state.ts";

/** The way to answer one question. The same id each time: an answer that arrived after all is taken once. */
export interface Reply {
  readonly send: AnswerQuestion;
  readonly answerId: string;
}

/** Sends what stands in the fields of a question, and tells the page what came of it. */
export async function sendAnswer(
  outcome: "answered" | "resend" | "dismissed",
  page: {
    readonly reply: Reply | null;
    readonly ask: Ask | null;
    readonly values: PageState["values"];
    readonly component: Component;
    readonly dispatch: Dispatch<PageAction>;
  },
): Promise<void> {
  const { reply, ask, values, component, dispatch } = page;
  if (reply === null || ask === null || ask.sending) return;
  const typed = pageInput(component, values);
  const value: JsonObject =
    outcome === "answered" ? Object.fromEntries(ask.question.fields.map((name) => [name, typed[name] ?? null])) : {};
  if (outcome === "answered" && Object.values(value).some((one) => one === null || one === "")) {
    dispatch({ type: "answer-failed", problem: "empty" });
    return;
  }
  dispatch({ type: "answering" });
  try {
    const { status } = await reply.send({ outcome, value, answerId: reply.answerId });
    if (status !== "accepted" && status !== "duplicate") dispatch({ type: "answer-failed", problem: "not-taken" });
  } catch {
    dispatch({ type: "answer-failed", problem: "not-brought" });
  }
}
