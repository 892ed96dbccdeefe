/** A source: an earlier step, and the outcome by which it is left (none: its main outcome). */
export interface SourceReference {
  readonly stepId: string;
  readonly outcome: string | null;
}

/** Reads `"step"` or `"step.outcome"`; null when the text is neither. */
export function parseSource(source: string): SourceReference | null {
  const match = /^([^.\s]+)(?:\.([^.\s]+))?$/.exec(source);
  return match?.[1] === undefined ? null : { stepId: match[1], outcome: match[2] ?? null };
}

/** Writes a source. */
export function printSource({ stepId, outcome }: SourceReference): string {
  return outcome === null ? stepId : `${stepId}.${outcome}`;
}
