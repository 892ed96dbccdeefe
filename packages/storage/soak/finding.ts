/** What was measured, and whether it is as it must be. */
export interface Finding {
  readonly what: string;
  readonly figure: string;
  readonly must: string;
  readonly holds: boolean;
}
