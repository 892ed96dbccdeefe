/** Ends one part of a service; what is under way there may take so long. */
export type End = (leftMs: number) => Promise<unknown> | void;

/** What is under way has so long in all, and in each part at least so long. */
const patienceMs = { all: 5000, part: 1000 };

/** Ends the parts of a service, the last one first, each whatever became of the others. */
export async function endAll(ends: readonly End[], onFailure: (error: unknown) => void): Promise<void> {
  const until = performance.now() + patienceMs.all;
  for (const end of ends.toReversed()) {
    try {
      await end(Math.max(patienceMs.part, until - performance.now()));
    } catch (error) {
      onFailure(error);
    }
  }
}
