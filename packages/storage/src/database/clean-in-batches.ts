const batch = 1000;
/** Much longer than a batch takes, so that most calls of people meet none. */
const restMs = 50;

/**
 * Cleans until nothing is due or the signal comes, and rests after each full batch, so that calls go on beside it
 * as before. Answers how many rows went.
 */
export async function cleanInBatches(
  clean: (options: { batch: number }) => Promise<number>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> {
  const isOver = () => signal?.aborted === true;
  let cleaned = 0;
  while (!isOver()) {
    const count = await clean({ batch });
    cleaned += count;
    if (count < batch) break;
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  return cleaned;
}
