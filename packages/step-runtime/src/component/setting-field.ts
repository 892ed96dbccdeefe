import * as z from "zod";
import type { LocalizedText } from "./localized-text.ts";

/** How a setting looks in the panel, and what else than its schema it must keep. */
export interface SettingField {
  readonly title: LocalizedText;
  readonly help?: LocalizedText;
  readonly control: SettingControl;
  /** Folded away under *Advanced*. */
  readonly advanced?: boolean;
  /** Takes no `$path` or `$template`. */
  readonly literal?: boolean;
  /** Inclusive, in `unit`. */
  readonly min?: number;
  readonly max?: number;
  readonly unit?: "seconds";
  readonly options?: readonly { readonly value: string; readonly title: LocalizedText }[];
  /** Names a user to whom nobody may tell whether they exist: read from a looked-up user, an unknown name would be lost. */
  readonly namesUser?: boolean;
  /** The value is the id (or name) of one of these. */
  readonly references?: "modal" | "template" | "dataflow" | "definition" | "client";
}

/** The kinds of controls that a settings form is made of. */
export type SettingControl =
  | "text"
  | "model-path"
  | "duration"
  | "number"
  | "choice"
  | "flag"
  | "script"
  /** `{ definition: value }` */
  | "definition-values"
  /** `{ target: value }` */
  | "mapping"
  /** Any JSON value. */
  | "value"
  | "reference";

const fields = z.registry<SettingField>();

/** Attaches a field to a setting's schema. */
export function withSettingField<S extends z.ZodType>(schema: S, field: SettingField): S {
  fields.add(schema, field);
  return schema;
}

/** The field of a setting's schema; one without gets a plain text control under its key. */
export function settingField(key: string, schema: z.ZodType): SettingField {
  return fields.get(schema) ?? { title: key, control: "value" };
}
