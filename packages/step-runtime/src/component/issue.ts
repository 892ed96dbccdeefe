/** How much a problem matters: errors keep a component from running. */
export type IssueSeverity = "error" | "warning" | "hint";

/** One problem of a component; designer, server and CLI show the same list. */
export interface Issue {
  readonly severity: IssueSeverity;
  /** Stable, such as `unknown-step-type`. */
  readonly code: string;
  /** What happened, where, what to do. */
  readonly message: string;
  /** RFC 6901 JSON pointer into the component. */
  readonly pointer: string;
  /** From 1; present when the text is known. */
  readonly line?: number;
  readonly column?: number;
  readonly dataflowId?: string;
  readonly stepId?: string;
  /** Ways to mend it, in words. */
  readonly fixes?: readonly string[];
}
