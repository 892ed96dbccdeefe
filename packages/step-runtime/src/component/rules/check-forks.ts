import type { DataflowScope } from "./dataflow-scope.ts";
import { createForkWalk, type Fork } from "./fork-walk.ts";
import { joinStepType } from "./join-step-type.ts";

/**
 * Forks whose paths meet again anywhere but in a join, and forks that answer twice. See `fork-walk.ts`.
 */
export function checkForks(scope: DataflowScope): void {
  const forks = findForks(scope);
  if (forks.length === 0) return;
  const walk = createForkWalk(scope);
  const meetings = new Set<number>();
  const responses = new Set<number>();
  for (const fork of forks) {
    const { meeting, secondResponse, isOutOfWork } = walk(fork);
    if (isOutOfWork) {
      const message = `Dataflow "${scope.dataflow.id}" forks in too many places to be checked. Split it into several dataflows.`;
      scope.report({ code: "too-many-forks", message });
      return;
    }
    if (meeting !== null && !meetings.has(meeting)) reportMeeting(scope, fork, meeting);
    if (meeting !== null) meetings.add(meeting);
    if (secondResponse !== null && !responses.has(secondResponse)) reportSecondResponse(scope, fork, secondResponse);
    if (secondResponse !== null) responses.add(secondResponse);
  }
}

function findForks({ vertices, successors, starts }: DataflowScope): readonly Fork[] {
  const forks: Fork[] = starts.length > 1 ? [{ vertex: -1, outcome: "", followers: starts }] : [];
  for (const [vertex] of vertices.entries()) {
    const byOutcome = new Map<string, number[]>();
    for (const follower of successors[vertex] ?? []) {
      const followers = byOutcome.get(follower.outcome);
      if (followers) followers.push(follower.vertex);
      else byOutcome.set(follower.outcome, [follower.vertex]);
    }
    for (const [outcome, followers] of byOutcome) if (followers.length > 1) forks.push({ vertex, outcome, followers });
  }
  return forks;
}

function describeFork({ vertices }: DataflowScope, { vertex, outcome }: Fork): string {
  return vertex === -1
    ? "The paths of the dataflow's input steps"
    : `The paths behind outcome "${outcome}" of step "${vertices[vertex]?.step.id ?? ""}"`;
}

function reportMeeting(scope: DataflowScope, fork: Fork, meeting: number): void {
  const place = scope.vertices[meeting];
  const advice = scope.stepTypes.get(joinStepType)
    ? `Put a step of type "${joinStepType}" there, or let only one path go on.`
    : "Let only one path go on, or put the steps one behind the other.";
  const message = `${describeFork(scope, fork)} meet again in step "${place?.step.id ?? ""}", which would run once for each of them. ${advice}`;
  scope.report({ code: "merge-needs-join", message, at: ["sources"] }, place);
}

function reportSecondResponse(scope: DataflowScope, fork: Fork, response: number): void {
  const place = scope.vertices[response];
  const message = `${describeFork(scope, fork)} write several responses, one of them in step "${place?.step.id ?? ""}". Only the first that is reached counts: leave one.`;
  scope.report({ severity: "warning", code: "second-response", message }, place);
}
