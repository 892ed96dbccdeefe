import * as z from "zod";

// The schema is structural only: a value it does not know (a step type, a control, a definition type of a later
// version) passes and survives a round trip; validateComponent() is what reports it.

const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .describe("Lower-case letters, digits and dashes, starting with a letter, at most 64.");

const textSchema = z
  .union([z.string(), z.record(z.string(), z.string())])
  .describe('A text, or one text per language such as { "en": …, "fr": … }.');

/** The types that a definition can have. */
export const definitionTypes = [
  "string",
  "integer",
  "number",
  "boolean",
  "date",
  "time",
  "datetime",
  "uri",
  "uuid",
  "catalog",
  "array",
] as const;
/** One of {@link definitionTypes}. */
export type DefinitionType = (typeof definitionTypes)[number];

/** The controls that a page or modal can have. */
export const controlTypes = ["label", "text-field", "button", "message", "countdown"] as const;
/** What a button without a dataflow does. */
export const buttonActions = ["submit", "resend", "close", "dismiss"] as const;

/** Known names for completion in editors, any other string for later versions. */
const openEnum = <const T extends readonly string[]>(values: T) => z.union([z.enum(values), z.string()]);

const definitionSchema = z.looseObject({
  name: z.string().min(1).max(128),
  type: openEnum(definitionTypes),
  title: textSchema.optional(),
  secret: z.boolean().optional().describe("What is typed here is masked everywhere."),
  required: z.boolean().optional(),
});

const controlSchema = z.looseObject({
  type: openEnum(controlTypes),
  label: textSchema.optional(),
  text: textSchema.optional(),
  definition: z.string().optional(),
  dataflow: z.string().optional(),
  action: openEnum(buttonActions).optional(),
  inputMode: openEnum(["text", "numeric", "email", "one-time-code"]).optional(),
  when: z.looseObject({ field: z.string(), operator: z.string(), value: z.unknown().optional() }).optional(),
  until: z.string().optional(),
});

const modalSchema = z.looseObject({
  id: idSchema,
  title: textSchema,
  controls: z.array(controlSchema),
});

const templateSchema = z.looseObject({
  id: idSchema,
  subject: textSchema.optional(),
  text: textSchema.optional(),
  html: textSchema.optional(),
});

const stepSchema = z.looseObject({
  id: idSchema,
  type: z.string().min(1),
  name: textSchema,
  sources: z
    .array(z.string())
    .optional()
    .describe('Earlier steps this one follows: "step" (its main outcome) or "step.outcome".'),
  settings: z.record(z.string(), z.unknown()).optional(),
});

const stageSchema = z.looseObject({
  id: idSchema,
  name: textSchema,
  steps: z.array(stepSchema),
});

const dataflowSchema = z.looseObject({
  id: idSchema,
  name: textSchema,
  stages: z.array(stageSchema),
});

/** The component configuration, version 1: one JSON file is one component. */
export const componentSchema = z.looseObject({
  $schema: z.string().optional(),
  format: z.literal("onceflow/component"),
  formatVersion: z.literal(1),
  id: idSchema,
  name: textSchema,
  definitions: z.array(definitionSchema).default([]),
  page: z.looseObject({ controls: z.array(controlSchema) }).default({ controls: [] }),
  modals: z.array(modalSchema).default([]),
  templates: z.array(templateSchema).default([]),
  dataflows: z.array(dataflowSchema),
  tests: z.array(z.unknown()).optional(),
  layout: z.record(z.string(), z.unknown()).optional().describe("Positions, notes and colours, apart from meaning."),
});

/** A component: definitions, a page, modals, templates and dataflows. */
export type Component = z.output<typeof componentSchema>;
/** A typed field of a component. */
export type Definition = z.output<typeof definitionSchema>;
/** A control on a page or in a modal. */
export type Control = z.output<typeof controlSchema>;
/** A dialog that a Show modal step shows. */
export type Modal = z.output<typeof modalSchema>;
/** A message template. */
export type MessageTemplate = z.output<typeof templateSchema>;
/** One step of a dataflow. */
export type Step = z.output<typeof stepSchema>;
/** Steps grouped for the eye; stages never affect execution. */
export type Stage = z.output<typeof stageSchema>;
/** One flow of steps. */
export type Dataflow = z.output<typeof dataflowSchema>;
