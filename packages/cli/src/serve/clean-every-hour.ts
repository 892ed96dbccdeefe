/** Cleans at the start and then each hour; a failed time is made up for by the next. */
export function cleanEveryHour(clean: (signal: AbortSignal) => Promise<void>): () => void {
  const over = new AbortController();
  const run = () => void clean(over.signal).catch(() => undefined);
  run();
  const timer = setInterval(run, 3_600_000);
  return () => {
    clearInterval(timer);
    over.abort();
  };
}
