import { createHash } from "node:crypto";

/** What ended a wait, or (`version-gone`) a segment that no worker can repeat. */
export type Winner = "answer" | "timeout" | "cancel" | "deadline" | "version-gone";

/** A run as stored. */
export interface RunRow {
  readonly id: string;
  readonly runId: string;
  readonly component: Buffer;
  readonly componentId: string;
  readonly dataflowId: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly status: "running" | "suspended" | "completed" | "failed" | "cancelled";
  readonly segment: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly sealedCaller: Buffer;
  readonly sealedResult: Buffer | null;
}

/** An event with its place in the run. */
export interface SealedEvent {
  readonly seq: number;
  readonly sealed: Buffer;
}

/** The columns of a {@link RunRow}, of the table `r`. */
export const runColumns = `r.id::text, r.run_id AS "runId", r.component, r.component_id AS "componentId",
  r.dataflow_id AS "dataflowId", r.client_id AS "clientId", r.user_id AS "userId", r.status, r.segment, r.started_at::float8 AS "startedAt",
  r.ended_at::float8 AS "endedAt", r.sealed_caller AS "sealedCaller", r.sealed_result AS "sealedResult"`;

/** The channel that tells what happened to a run: its id; with a `!` when it was cancelled. */
export const runChannel = "onceflow_runs";

/** A segment of a run. */
export interface SegmentKey {
  readonly id: string;
  readonly runId: string;
  readonly segment: number;
}

/** Unique, since the number is; with the run's id, for who reads the journal. */
export function workflowOf({ id, runId, segment }: SegmentKey): string {
  return `${id}/${runId}#${segment}`;
}

/** The same of the current segment of the row `r`, in SQL. */
export const workflowOfRow = "r.id || '/' || r.run_id || '#' || r.segment";

/** The place of a workflow's segment: what {@link workflowOf} was made of. */
export function segmentOf(workflow: string): { readonly run: string; readonly segment: number } {
  return {
    run: workflow.slice(0, workflow.indexOf("/")),
    segment: Number(workflow.slice(workflow.lastIndexOf("#") + 1)),
  };
}

/** Tokens and answer ids are looked up, never read. */
export function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
