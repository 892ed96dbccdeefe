/**
 * A signal that SIGINT or SIGTERM aborts, from now on. Further ones change nothing: Ctrl+C reaches a process once from
 * the terminal and once more from each package manager that passes it on.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stop.abort());
  return stop.signal;
}
