import type { AuditLog, Clock, Outbox, RunResult } from "@onceflow/step-runtime";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { createTrailReader, type TrailCounts } from "./create-trail-reader.ts";
import { trailFamilies } from "./trail-families.ts";

/** What a process tells Prometheus. No label holds a user, an address, a client, a run or a code. */
export interface Metrics {
  /** Of the text that `render` makes. */
  readonly contentType: string;
  /** All metrics as they are now. */
  render(): Promise<string>;
  /** Told of each answered request; the route is its pattern, never its path. */
  requestEnded(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  /** Told by the engine. */
  runStarted(): void;
  /** Told by the engine. */
  runEnded(status: RunResult["status"]): void;
}

/** What metrics are read from. */
export interface MetricsOptions {
  readonly audit: AuditLog;
  readonly outbox: Pick<Outbox, "backlog">;
  readonly clock: Clock;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Who asks more often gets what was read before: the route needs no session. */
const readEveryMs = 1000;

const ofThisProcess = "(of this process: add up the instances)";
const ofTheDatabase = "(of the database: the same at each instance, take the maximum)";

/**
 * Counts requests and runs of this process, and reads from the stores what all processes did with codes and mails.
 * While the stores cannot be reached, what was read last stands and `onceflow_store_reachable` is 0.
 */
export function createMetrics({ audit, outbox, clock }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Counter({
    name: "onceflow_http_requests_total",
    help: `Answered requests ${ofThisProcess}`,
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "onceflow_http_request_duration_seconds",
    help: `Time to an answer, of event streams to its beginning ${ofThisProcess}`,
    labelNames: ["method", "route"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const started = new Counter({
    name: "onceflow_runs_started_total",
    help: `Started runs ${ofThisProcess}`,
    registers,
  });
  const ended = new Counter({
    name: "onceflow_runs_ended_total",
    help: `Runs that are over ${ofThisProcess}`,
    labelNames: ["status"],
    registers,
  });
  for (const status of ["completed", "failed", "cancelled"] as const) ended.inc({ status }, 0);

  const trail = trailFamilies.map(({ name, help, label, values }) => {
    const counter = new Counter({ name, help: `${help} ${ofTheDatabase}`, labelNames: [label], registers });
    return (counts: TrailCounts) => {
      counter.reset();
      for (const value of values.values()) counter.inc({ [label]: value }, 0);
      for (const [key, count] of counts) {
        const value = values.get(key) ?? values.get(key.split("/", 1)[0] ?? "");
        if (value !== undefined) counter.inc({ [label]: value }, count);
      }
    };
  });
  const waiting = new Gauge({ name: "onceflow_outbox_waiting", help: `Mails that wait ${ofTheDatabase}`, registers });
  const oldestAge = new Gauge({
    name: "onceflow_outbox_oldest_age_seconds",
    help: `How long the oldest mail waits ${ofTheDatabase}`,
    registers,
  });
  const reachable = new Gauge({
    name: "onceflow_store_reachable",
    help: "1 while the database answers; at 0 its metrics are those of the last time",
    registers,
  });

  const readTrail = createTrailReader(audit, { clock });
  let read: { readonly atMs: number; readonly done: Promise<void> } | null = null;

  async function readStores(): Promise<void> {
    try {
      const [counts, backlog] = await Promise.all([readTrail(), outbox.backlog()]);
      for (const count of trail) count(counts);
      waiting.set(backlog.waiting);
      oldestAge.set(backlog.oldestAgeMs / 1000);
      reachable.set(1);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "store-unavailable")) throw error;
      reachable.set(0);
    }
  }

  return {
    contentType: registry.contentType,
    async render() {
      if (read === null || clock.now() - read.atMs >= readEveryMs) {
        // One reading after the other, whatever became of the one before.
        const before = read?.done.catch(() => undefined);
        read = { atMs: clock.now(), done: before === undefined ? readStores() : before.then(readStores) };
      }
      await read.done;
      return registry.metrics();
    },
    requestEnded({ method, route, status, seconds }) {
      const labels = { method: methods.has(method) ? method : "other", route };
      requests.inc({ ...labels, status: String(status) });
      durations.observe(labels, seconds);
    },
    runStarted: () => started.inc(),
    runEnded: (status) => ended.inc({ status }),
  };
}
