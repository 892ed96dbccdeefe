/** One contender's work on one database: what it needs is made ready first, then its operations are timed. */
export interface Block {
  /** Makes the surroundings of so many operations, untimed. */
  readonly prepare: (operations: number) => Promise<void>;
  /** One operation; throws when its answer is not the right one. */
  readonly operate: (index: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Calls at a time, and connections. */
export const concurrency = 8;

/** Runs something for each index, `concurrency` at a time. */
export async function forEachIndex(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}
