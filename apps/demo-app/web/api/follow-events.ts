import type { RunEvent } from "@onceflow/step-runtime";

const ends: ReadonlySet<string> = new Set<RunEvent["type"]>(["run-completed", "run-failed", "run-cancelled"]);

/** Follows the events of a run until it ends, or until the server has no more of them; a lost connection goes on where it was. */
export function followEvents(
  runId: string,
  { onEvent, signal }: { onEvent?: ((event: RunEvent) => void) | undefined; signal?: AbortSignal | undefined },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(`/api/runs/${encodeURIComponent(runId)}/events`);
    const leave = () => {
      source.close();
      reject(signal?.reason);
    };
    const finish = () => {
      source.close();
      signal?.removeEventListener("abort", leave);
      resolve();
    };
    if (signal?.aborted) return leave();
    signal?.addEventListener("abort", leave);
    source.addEventListener("message", ({ data }) => {
      const event = JSON.parse(String(data)) as RunEvent;
      onEvent?.(event);
      if (ends.has(event.type)) finish();
    });
    source.addEventListener("error", () => {
      // While it is connecting the browser tries again by itself.
      if (source.readyState === EventSource.CLOSED) finish();
    });
  });
}
