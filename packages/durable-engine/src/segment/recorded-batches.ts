import type { StateBox } from "../state/create-state-box.ts";
import type { RecordedStep } from "./recorded-step.ts";

/** A pure step with what it came to. */
export interface BatchedStep {
  readonly name: string;
  readonly step: RecordedStep;
}

/** What is recorded of pure steps, by name; `last` when its record ends with it. */
export type RecordedBatches = ReadonlyMap<string, { readonly step: RecordedStep; readonly last: boolean }>;

const prefix = "pure ";

/** The name of a record in the journal; steps with an effect have their own, without a space. */
export const batchName = (first: string): string => `${prefix}${first}`;

/** What a record is sealed for. */
export const batchPlace = (first: string): string => `pure/${first}`;

/** Opens the records of pure steps among those of a segment. */
export async function readBatches(
  records: readonly { readonly name: string; readonly output: unknown }[],
  box: StateBox,
): Promise<RecordedBatches> {
  const recorded = new Map<string, { step: RecordedStep; last: boolean }>();
  for (const { name, output } of records) {
    if (!name.startsWith(prefix)) continue;
    const place = batchPlace(name.slice(prefix.length));
    const batch = await box.open<readonly BatchedStep[]>(Buffer.from(String(output), "base64"), place);
    for (const [index, entry] of batch.entries()) {
      recorded.set(entry.name, { step: entry.step, last: index === batch.length - 1 });
    }
  }
  return recorded;
}
