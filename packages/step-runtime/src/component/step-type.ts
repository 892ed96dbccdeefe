import type * as z from "zod";
import type { Component } from "./component-schema.ts";
import type { LocalizedText } from "./localized-text.ts";

/** The groups of the palette. */
export const stepGroups = ["input", "model-transformation", "users-contexts", "output"] as const;
/** One of {@link stepGroups}. */
export type StepGroup = (typeof stepGroups)[number];

/** What the document layer must know of a step type; the plugin API adds `run`. */
export interface StepType {
  /** Kebab-case, unique in a registry. */
  readonly type: string;
  readonly group: StepGroup;
  readonly title: LocalizedText;
  /** One or two sentences for palette, panel and reference page. */
  readonly help: LocalizedText;
  /** SVG path data on a 16 × 16 grid, drawn with a 1.5 px line and no fill. */
  readonly icon: string;
  readonly useCases?: readonly LocalizedText[];
  readonly exceptions?: readonly LocalizedText[];
  /** `none`: an input step that starts a dataflow. Default `some`. */
  readonly sources?: "none" | "some";
  /** The resolved settings; each field carries a SettingField (see `settingField`). */
  readonly settings: z.ZodObject;
  /** The ways out, main outcome first; `{}` for a step that ends its path. */
  readonly outcomes: Readonly<Record<string, OutcomeType>>;
  /** The outcomes that these (unresolved) settings leave possible, main outcome first. Default: all. */
  readonly possibleOutcomes?: (settings: Readonly<Record<string, unknown>>) => readonly string[];
  /** What the step adds to the model with these (unresolved) settings. */
  readonly changes?: (settings: Readonly<Record<string, unknown>>, component: Component) => ModelChange;
  /** The sentence on the card, made from the (unresolved) settings; null: use `help`. */
  readonly summary?: (settings: Readonly<Record<string, unknown>>, context: SummaryContext) => string | null;
  /** The dataflow of the component that it runs with these (unresolved) settings; null: none that can be told. */
  readonly calls?: (settings: Readonly<Record<string, unknown>>) => string | null;
  /** Writes the response that the caller gets. */
  readonly respondsToCaller?: boolean;
  /** With these (unresolved) settings the step fails where no code was confirmed before it. */
  readonly needsConfirmation?: (settings: Readonly<Record<string, unknown>>) => boolean;
  /** What was confirmed before this step counts no longer behind it. */
  readonly forgetsConfirmation?: boolean;
  /** A Write response must follow. */
  readonly needsResponse?: boolean;
  /** Checks that one step's settings cannot say by schema; returns problems. */
  readonly check?: (settings: Readonly<Record<string, unknown>>, component: Component) => readonly SettingProblem[];
}

/** One way out of a step. */
export interface OutcomeType {
  readonly title: LocalizedText;
  readonly help?: LocalizedText;
  /** The run waits for a person before it leaves by this outcome: what makes a loop safe. */
  readonly waits?: boolean;
  /** A code was confirmed; by any other outcome of such a step, none was. */
  readonly confirms?: boolean;
  /** Unfollowed, the run fails as this code instead of ending its path. */
  readonly failsAs?: string;
}

/** What a step does to the model, as far as it can be told beforehand. */
export interface ModelChange {
  readonly adds: readonly AddedPath[];
  /** It may add variables that are not listed (a script). */
  readonly open?: boolean;
  /** Only `data` and what it adds stay (Transform model). */
  readonly replaces?: boolean;
  /** A user whom it looks up by a name that may be nobody's. */
  readonly looksUp?: UserLookUp;
}

/** Where a user is put who was looked up by name: null when nobody has that name. */
export interface UserLookUp {
  /** The path that gets the user. */
  readonly into: string;
  /** The (unresolved) setting that the name comes from. */
  readonly name: unknown;
}

/** A path that a step adds to the model. */
export interface AddedPath {
  readonly path: string;
  readonly type: "text" | "number" | "boolean" | "date-time" | "object" | "any" | "secret" | "masked-address" | "list";
  readonly title?: LocalizedText;
  readonly mayBeMissing?: boolean;
}

/** What a card's sentence may use: the language and the names of things. */
export interface SummaryContext {
  readonly locale: string;
  readonly component: Component;
}

/** A problem of one setting, placed by its key. */
export interface SettingProblem {
  readonly setting: string;
  readonly severity: "error" | "warning" | "hint";
  readonly code: string;
  readonly message: string;
  readonly fixes?: readonly string[];
}

/** The step types that a component is checked against. */
export interface StepTypes {
  get(type: string): StepType | undefined;
  list(): readonly StepType[];
}
