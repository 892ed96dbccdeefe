/** Lets loops sleep until there is something to do. */
export interface WakeUp {
  /** Ends the sleep of one; if nobody sleeps, the next sleep is none. */
  wakeOne(): void;
  /** Resolves after a time, when woken, or when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Nobody sleeps at first. */
export function createWakeUp(): WakeUp {
  const sleepers = new Set<() => void>();
  let missed = false;
  return {
    wakeOne() {
      const [first] = sleepers;
      if (first === undefined) missed = true;
      else first();
    },
    sleep(ms, signal) {
      if (missed || signal.aborted) {
        missed = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          sleepers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal.addEventListener("abort", wake);
        sleepers.add(wake);
      });
    },
  };
}
