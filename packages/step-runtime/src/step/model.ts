import type { Secret } from "./secret.ts";

/** A value that flows: JSON, with secrets at any depth. */
export type ModelValue =
  | null
  | boolean
  | number
  | string
  | Secret
  | readonly ModelValue[]
  | { readonly [key: string]: ModelValue };

/** The object that flows from step to step; it is never mutated. */
export interface Model {
  readonly [key: string]: ModelValue;
}

/** Facts of the run that stand beside the model: scripts and transforms neither see nor change them. */
export interface Facts {
  /** The last challenge issued in this run. */
  readonly challengeId?: string | null;
  /** Whether that challenge has a code to deliver: not a decoy, not suppressed. */
  readonly deliver?: boolean;
  /** Whose code it is: nobody else is mailed it. Null for a name that nobody has. */
  readonly codeUserId?: string | null;
  /** What Confirm one-time code found out last. */
  readonly confirmation?: ConfirmationFact | null;
}

/** A confirmed code: who, where, what for. */
export interface ConfirmationFact {
  readonly challengeId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly purpose: string;
  readonly at: string;
}
